package org.ndgrad.autograd.kernels.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.ndgrad.autograd.JavaProcess;
import org.ndgrad.autograd.MemoryReport;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.elementwise.Fill;

/**
 * Native memory is bounded under every collector and flag, and is not freed under a kernel. What runs in a process of
 * its own runs once, whatever the mode of this one.
 */
class NativeMemoryTest {

    private static final long MEBIBYTE = 1L << 20;

    private static List<String> run(Class<?> program, String... flags) throws IOException, InterruptedException {
        String[] all = Arrays.copyOf(flags, flags.length + 2);
        all[flags.length] = "-Xmx128m";
        all[flags.length + 1] = "-Dslf4j.internal.verbosity=ERROR";
        return JavaProcess.run(program, System.getProperty("java.class.path"), all);
    }

    private static boolean hasFlag(String name) {
        try {
            return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                            .getVMOption(name)
                    != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Makes garbage of 1.2 GiB beside 512 KiB that live, some of it handed out to ND4J; prints the largest size. */
    static final class Temporaries {
        public static void main(String[] args) {
            Tensor x = Tensor.ones(256, 512);
            long most = 0;
            for (int i = 0; i < 600; i++) {
                Tensor y = x.mul(1.01).add(1).mul(0.5).add(i);
                if (i % 4 == 0) {
                    y.data();
                }
                most = Math.max(most, Pointer.physicalBytes());
            }
            System.out.println(most / MEBIBYTE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"G1", "Serial", "Parallel", "Z", "Shenandoah"})
    @Tag("chooses-memory")
    void staysSmallWhereExplicitCollectionsAreDisabled(String collector) throws IOException, InterruptedException {
        assumeThat(hasFlag("Use" + collector + "GC")).isTrue();

        List<String> lines = run(Temporaries.class, "-XX:+DisableExplicitGC", "-XX:+Use" + collector + "GC");

        assertThat(lines).hasSize(1);
        assertThat(Long.parseLong(lines.get(0))).isLessThan(850);
    }

    /** Keeps more and more until there is no room, then lets go and goes on; prints what is seen. */
    static final class Hoarder {
        public static void main(String[] args) throws InterruptedException {
            List<Tensor> kept = new ArrayList<>();
            long most = 0;
            for (int i = 0; i < 100; i++) {
                Tensor.ones(256, 512).mul(i);
                MemoryReport report = MemoryReport.now();
                most = Math.max(most, report.inUse() + report.idle());
            }
            System.out.println(most <= 24 * MEBIBYTE);
            try {
                while (kept.size() < 1000) {
                    Tensor tensor = Tensor.ones(256, 512);
                    if (kept.size() % 2 == 0) {
                        tensor.data(); // ND4J's from now on, but in use as before
                    }
                    kept.add(tensor);
                }
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
            System.out.println(kept.size());
            kept.clear();
            System.out.println(sumOnceThereIsRoom());
        }

        /** ND4J frees what was handed out in a thread of its own, some time after it is unreachable. */
        private static double sumOnceThereIsRoom() throws InterruptedException {
            for (int attempt = 0; attempt < 20; attempt++) {
                try {
                    return Tensor.ones(1024, 1024).sum().item();
                } catch (IllegalStateException e) {
                    Thread.sleep(50);
                }
            }
            return Double.NaN;
        }
    }

    @Test
    @Tag("chooses-memory")
    void maxbytesOfJavaCppIsObeyed() throws IOException, InterruptedException {
        List<String> lines = run(Hoarder.class, "-Dorg.bytedeco.javacpp.maxBytes=24m", "-XX:+DisableExplicitGC");

        assertThat(lines)
                .containsExactly(
                        "true",
                        "allocate: expected free memory for an array of shape (256, 512), float32; got none. Native"
                                + " memory: 24.0 MiB are in use and 0.5 MiB asked for, of 24.0 MiB that"
                                + " org.bytedeco.javacpp.maxbytes allows. Use smaller batches, a MemoryScope, or allow more.",
                        "48",
                        "1048576.0");
    }

    @Test
    @Tag("chooses-memory")
    void maxphysicalbytesOfJavaCppIsObeyed() throws IOException, InterruptedException {
        List<String> lines = run(Hoarder.class, "-Dorg.bytedeco.javacpp.maxPhysicalBytes=500m");

        assertThat(lines.get(1))
                .startsWith("allocate: expected free memory for an array of shape (256, 512), float32; got none. ")
                .endsWith(" of 500.0 MiB that org.bytedeco.javacpp.maxphysicalbytes allows, Java's included."
                        + " Use smaller batches, a MemoryScope, or allow more.");
    }

    /** What a kernel holds while it reads. */
    private enum Reader {
        FLOATS {
            @Override
            Object of(INDArray array) {
                return FloatElements.of(array);
            }

            @Override
            double get(Object elements, int i) {
                float[] one = {0};
                ((FloatElements) elements).get(i, 1, one, 0, 1);
                return one[0];
            }
        },
        DOUBLES {
            @Override
            Object of(INDArray array) {
                return DoubleElements.of(array);
            }

            @Override
            double get(Object elements, int i) {
                double[] one = {0};
                ((DoubleElements) elements).get(i, 1, one, 0, 1);
                return one[0];
            }
        },
        ANY {
            @Override
            Object of(INDArray array) {
                return Elements.of(array);
            }

            @Override
            double get(Object elements, int i) {
                return ((Elements) elements).get(i);
            }
        };

        abstract Object of(INDArray array);

        abstract double get(Object elements, int i);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasHandedOutIsNotFreedUnderAKernel(Reader reader) throws InterruptedException {
        int size = 5000; // so few that reading freed memory does not end the process
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            INDArray ours = Fill.filled(DataType.FLOAT, 1, size);
            Memory.escape(ours);
            elements.add(reader.of(ours));
            elements.add(reader.of(Nd4j.ones(DataType.FLOAT, size)));
        }

        for (int round = 0; round < 5; round++) {
            GarbageCollection.run();
            Thread.sleep(20);
            for (int i = 0; i < 10; i++) {
                Nd4j.zeros(DataType.FLOAT, size);
            }
        }

        for (Object each : elements) {
            for (int i = 0; i < size; i++) {
                assertThat(reader.get(each, i)).isEqualTo(1);
            }
        }
    }
}
