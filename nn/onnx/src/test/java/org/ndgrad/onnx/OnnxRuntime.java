package org.ndgrad.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.Evaluation;

/** Runs files in onnxruntime, beside the models that they were made of. */
final class OnnxRuntime {

    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    private OnnxRuntime() {}

    /** Returns the outputs for inputs by the names of the file, in its order. */
    static List<Tensor> run(Path file, List<Tensor> inputs) throws OrtException {
        try (OrtSession session = ENVIRONMENT.createSession(file.toString())) {
            Map<String, OnnxTensor> given = new LinkedHashMap<>();
            int i = 0;
            for (String name : session.getInputNames()) {
                given.put(name, given(inputs.get(i++)));
            }
            List<Tensor> outputs = new ArrayList<>();
            try (OrtSession.Result result = session.run(given)) {
                result.forEach(entry -> outputs.add(got((OnnxTensor) entry.getValue())));
            }
            given.values().forEach(OnnxTensor::close);
            return outputs;
        }
    }

    private static OnnxTensor given(Tensor x) throws OrtException {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect((int) x.numel() * x.elementSize()).order(ByteOrder.nativeOrder());
        bytes.put(Proto.bytes(x)).flip();
        return switch (x.dtype()) {
            case FLOAT -> OnnxTensor.createTensor(ENVIRONMENT, bytes.asFloatBuffer(), x.shape());
            case DOUBLE -> OnnxTensor.createTensor(ENVIRONMENT, bytes.asDoubleBuffer(), x.shape());
            case LONG -> OnnxTensor.createTensor(ENVIRONMENT, bytes.asLongBuffer(), x.shape());
            case BOOL -> OnnxTensor.createTensor(ENVIRONMENT, bytes, x.shape(), ai.onnxruntime.OnnxJavaType.BOOL);
            default -> throw new IllegalArgumentException("" + x.dtype());
        };
    }

    private static Tensor got(OnnxTensor value) {
        TensorInfo info = value.getInfo();
        Tensor flat = switch (info.type) {
            case FLOAT -> {
                float[] all = new float[value.getFloatBuffer().remaining()];
                value.getFloatBuffer().get(all);
                yield Tensor.of(all);
            }
            case DOUBLE -> {
                double[] all = new double[value.getDoubleBuffer().remaining()];
                value.getDoubleBuffer().get(all);
                yield Tensor.of(DataType.DOUBLE, all);
            }
            case INT64 -> {
                long[] all = new long[value.getLongBuffer().remaining()];
                value.getLongBuffer().get(all);
                yield Tensor.of(all);
            }
            case BOOL -> {
                byte[] all = new byte[value.getByteBuffer().remaining()];
                value.getByteBuffer().get(all);
                long[] bits = new long[all.length];
                for (int i = 0; i < all.length; i++) {
                    bits[i] = all[i];
                }
                yield Tensor.of(bits).toBool();
            }
            default -> throw new IllegalArgumentException(info.toString());
        };
        return flat.reshape(info.getShape());
    }

    /**
     * Returns the largest difference between what the model and the file make of inputs; shapes and types are equal.
     */
    static double difference(Block model, Function<List<Tensor>, List<Tensor>> forward, Path file, List<Tensor> inputs)
            throws OrtException {
        List<Tensor> expected = Evaluation.of(model, () -> forward.apply(inputs));
        List<Tensor> actual = run(file, inputs);
        assertThat(actual).hasSameSizeAs(expected);
        double most = 0;
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i).shape()).isEqualTo(expected.get(i).shape());
            assertThat(actual.get(i).dtype()).isEqualTo(expected.get(i).dtype());
            double[] a = actual.get(i).toDoubleArray();
            double[] b = expected.get(i).toDoubleArray();
            for (int j = 0; j < a.length; j++) {
                double apart = a[j] == b[j] || (Double.isNaN(a[j]) && Double.isNaN(b[j])) ? 0 : Math.abs(a[j] - b[j]);
                most = Double.isNaN(apart) ? Double.POSITIVE_INFINITY : Math.max(most, apart);
            }
        }
        return most;
    }
}
