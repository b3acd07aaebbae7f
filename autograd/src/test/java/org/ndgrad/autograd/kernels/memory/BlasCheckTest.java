package org.ndgrad.autograd.kernels.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ndgrad.autograd.JavaProcess;
import org.ndgrad.autograd.Tensor;

class BlasCheckTest {

    private static final Path OLD_LIBRARY = Path.of("target", "old-openblas");

    /** What BLAS computes, but for one function that gets one element a little wrong. */
    private static final class OneWrong extends BlasCheck {
        private final String function;

        OneWrong(String function) {
            this.function = function;
        }

        @Override
        void multiply(int n, int m, int k, boolean left, float[] a, boolean right, float[] b, float[] c) {
            super.multiply(n, m, k, left, a, right, b, c);
            c[c.length - 1] += function.equals("sgemm" + left + right) ? 1 : 0;
        }

        @Override
        void multiply(int n, int m, int k, boolean left, double[] a, boolean right, double[] b, double[] c) {
            super.multiply(n, m, k, left, a, right, b, c);
            c[1] += function.equals("dgemm" + left + right) ? 1e-9 : 0;
        }

        @Override
        void solve(int side, int triangle, boolean transposed, int rows, int columns, double[] a, double[] b) {
            super.solve(side, triangle, transposed, rows, columns, a, b);
            b[b.length - 1] += function.equals("dtrsm" + side + triangle + transposed) ? 1e-6 : 0;
        }

        @Override
        int cholesky(int n, double[] a) {
            int info = super.cholesky(n, a);
            a[n + 1] *= function.equals("dpotrf") ? Double.NaN : 1;
            return function.equals("dpotrf refuses") ? 1 : info;
        }

        @Override
        int lu(int n, double[] a, int[] pivots) {
            int info = super.lu(n, a, pivots);
            pivots[0] = function.equals("dgetrf") ? pivots[0] % n + 1 : pivots[0];
            return function.equals("dgetrf refuses") ? 1 : info;
        }
    }

    @BeforeAll
    static void silenceJavaCpp() {
        Startup.run();
    }

    @Test
    void theBlasOfThisBuildIsRight() {
        assertThat(new BlasCheck().fault()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "sgemmfalsefalse, float32 product",
        "sgemmtruefalse, float32 product of a transposed matrix",
        "sgemmfalsetrue, float32 product with a transposed matrix",
        "dgemmfalsefalse, float64 product",
        "dgemmtruetrue, float64 product of a transposed matrix with a transposed matrix",
        "dpotrf, Cholesky factor",
        "dpotrf refuses, Cholesky factor",
        "dgetrf, LU factors",
        "dgetrf refuses, LU factors"
    })
    void aWrongFunctionIsNamed(String function, String name) {
        BlasCheck check = new OneWrong(function);

        assertThat(check.wrong()).isEqualTo(name);
        assertThat(check.fault())
                .startsWith("ndgrad: expected a BLAS that computes right; got a wrong " + name + " (")
                .contains("openblas", ", core ")
                .contains("Let org.bytedeco:openblas have version 0.3.31-1.5.13 for the classifier "
                        + Loader.getPlatform());
    }

    @ParameterizedTest
    @ValueSource(strings = {"141121false", "141121true", "141122false", "142121false", "142122true"})
    void wrongSolutionsOfEveryKindAreSeen(String kind) {
        assertThat(new OneWrong("dtrsm" + kind).wrong()).isEqualTo("solution of a triangular system");
    }

    /** Tells what a user of an old OpenBLAS is told, the first and the second time. */
    static final class Program {
        public static void main(String[] args) {
            for (int time = 0; time < 2; time++) {
                try {
                    System.out.println(Tensor.of(new double[] {1, 2}).sum());
                } catch (IllegalStateException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    @Test
    void anOldOpenBlasIsRefusedAtEveryUse() throws IOException, InterruptedException {
        String classPath = Stream.concat(
                        Stream.of(OLD_LIBRARY + File.separator + "*"),
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(entry -> !entry.matches(".*openblas-[^/\\\\]*" + Loader.getPlatform() + ".*")))
                .collect(Collectors.joining(File.pathSeparator));

        List<String> lines = JavaProcess.run(Program.class, classPath);

        assertThat(lines).hasSize(2);
        assertThat(lines)
                .allSatisfy(line -> assertThat(line)
                        .startsWith(
                                "ndgrad: expected OpenBLAS 0.3.31, since older ones are wrong on some processors; got")
                        .contains("openblas-0.3.19-1.5.7", ", core ")
                        .endsWith("look for a dependency, or dependency management, that asks for another."));
    }
}
