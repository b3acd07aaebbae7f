package org.ndgrad.onnx;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.BatchNormOptions;
import org.ndgrad.autograd.ops.NormalizationOptions;

/** Normalizations. */
final class Norm {

    private static final double EPSILON = 1e-5;

    static final Map<String, Converter> CONVERTERS = ImmutableMap.of(
            "batchNorm", Norm::batch,
            "instanceNorm", Norm::instance,
            "layerNorm", Norm::layer,
            "groupNorm", Norm::group,
            "rmsNorm", Norm::rms,
            "localResponseNorm", Norm::localResponse);

    private Norm() {}

    private static Tensor filled(DataType dtype, double value, long size) {
        return Tensor.full(dtype, value, size);
    }

    /** Returns a parameter of one number for each channel, or this value where there is none. */
    private static String perChannel(Conversion c, Optional<Value> parameter, double value, long channels) {
        return parameter
                .map(c::name)
                .orElseGet(() -> c.graph().constant(filled(c.out().dtype(), value, channels)));
    }

    private static Optional<Value> ofBatchNorm(Conversion c, Function<BatchNormOptions, Optional<Tensor>> part) {
        return c.optional(1, BatchNormOptions.class, part);
    }

    private static void batch(Conversion c) {
        boolean isMoments = c.has(1, Tensor.class);
        if (!isMoments
                && (!c.has(1, BatchNormOptions.class)
                        || c.argument(1, BatchNormOptions.class).training())) {
            throw c.refusal("by the moments of the batch; have it track running ones");
        }
        long channels = c.value(0).size(c.name(), 1);
        if (isMoments) {
            String scale = perChannel(c, Optional.empty(), 1, channels);
            String shift = perChannel(c, Optional.empty(), 0, channels);
            c.result("BatchNormalization", List.of(c.x(0), scale, shift, c.x(1), c.x(2)), epsilon(EPSILON));
        } else {
            running(c, channels);
        }
    }

    private static void running(Conversion c, long channels) {
        c.result(
                "BatchNormalization",
                List.of(
                        c.x(0),
                        perChannel(c, ofBatchNorm(c, BatchNormOptions::weight), 1, channels),
                        perChannel(c, ofBatchNorm(c, BatchNormOptions::bias), 0, channels),
                        c.name(ofBatchNorm(c, BatchNormOptions::runningMean).orElseThrow()),
                        c.name(ofBatchNorm(c, BatchNormOptions::runningVar).orElseThrow())),
                epsilon(c.argument(1, BatchNormOptions.class).epsilon()));
    }

    private static Attribute epsilon(double epsilon) {
        return Attribute.of("epsilon", epsilon);
    }

    private static void instance(Conversion c) {
        long channels = c.value(0).size(c.name(), 1);
        boolean hasOptions = c.has(1, BatchNormOptions.class);
        if (hasOptions && !c.argument(1, BatchNormOptions.class).training()) {
            running(c, channels);
            return;
        }
        Optional<Value> weight = hasOptions ? ofBatchNorm(c, BatchNormOptions::weight) : Optional.empty();
        Optional<Value> bias = hasOptions ? ofBatchNorm(c, BatchNormOptions::bias) : Optional.empty();
        double epsilon = hasOptions ? c.argument(1, BatchNormOptions.class).epsilon() : EPSILON;
        c.result(
                "InstanceNormalization",
                List.of(c.x(0), perChannel(c, weight, 1, channels), perChannel(c, bias, 0, channels)),
                epsilon(epsilon));
    }

    private static Optional<Value> of(Conversion c, int index, Function<NormalizationOptions, Optional<Tensor>> part) {
        return c.has(index, NormalizationOptions.class)
                ? c.optional(index, NormalizationOptions.class, part)
                : Optional.empty();
    }

    private static double epsilon(Conversion c, int index, double fallback) {
        OptionalDouble chosen = c.has(index, NormalizationOptions.class)
                ? c.argument(index, NormalizationOptions.class).epsilon()
                : OptionalDouble.empty();
        return chosen.orElse(fallback);
    }

    private static void layer(Conversion c) {
        long[] shape = c.argument(1, long[].class);
        boolean isWritten = c.has(2, Tensor.class);
        Optional<Value> weight = isWritten ? Optional.of(c.value(2)) : of(c, 2, NormalizationOptions::weight);
        Optional<Value> bias = isWritten ? Optional.of(c.value(3)) : of(c, 2, NormalizationOptions::bias);
        String scale = weight.map(c::name)
                .orElseGet(() -> c.graph().constant(Tensor.ones(c.out().dtype(), shape)));
        c.result(
                "LayerNormalization",
                Conversion.inputs(c.x(0), scale, bias.map(c::name).orElse("")),
                Attribute.of("axis", -shape.length),
                epsilon(isWritten ? c.real(4) : epsilon(c, 2, EPSILON)));
    }

    /** Each group as a channel of its own, then weight and bias of each channel. */
    private static void group(Conversion c) {
        List<Size> shape = c.value(0).shape(c.name());
        long channels = c.value(0).size(c.name(), 1);
        long groups = c.integer(1);
        Size rest = Size.fixed(IntStream.range(2, shape.size())
                .mapToLong(d -> c.value(0).size(c.name(), d))
                .reduce(channels / groups, (a, b) -> a * b));
        String grouped = c.reshaped(c.x(0), List.of(shape.get(0), Size.fixed(groups), rest));
        String standard = c.node(
                "InstanceNormalization",
                List.of(
                        grouped,
                        perChannel(c, Optional.empty(), 1, groups),
                        perChannel(c, Optional.empty(), 0, groups)),
                epsilon(epsilon(c, 2, EPSILON)));
        List<Size> column = IntStream.range(1, shape.size())
                .mapToObj(d -> Size.fixed(d == 1 ? channels : 1))
                .toList();
        affine(c, c.reshaped(standard, shape), column);
    }

    /** Multiplies by the weight and adds the bias of options, where they are there, in a shape. */
    private static void affine(Conversion c, String standard, List<Size> shape) {
        String y = standard;
        Optional<Value> weight = of(c, 2, NormalizationOptions::weight);
        Optional<Value> bias = of(c, 2, NormalizationOptions::bias);
        if (weight.isPresent()) {
            y = c.node("Mul", List.of(y, c.reshaped(c.name(weight.get()), shape)));
        }
        if (bias.isPresent()) {
            y = c.node("Add", List.of(y, c.reshaped(c.name(bias.get()), shape)));
        }
        c.result(y);
    }

    private static void rms(Conversion c) {
        long[] shape = c.argument(1, long[].class);
        double least = c.out().dtype() == DataType.DOUBLE ? Math.ulp(1.0) : Math.ulp(1.0f);
        int[] dims = IntStream.range(
                        c.value(0).ndim() - shape.length, c.value(0).ndim())
                .toArray();
        String mean = Reduction.over(c, "ReduceMean", c.node("Mul", List.of(c.x(0), c.x(0))), dims, true);
        String square = c.node("Add", List.of(mean, Elementwise.number(c, epsilon(c, 2, least))));
        String standard = c.node("Div", List.of(c.x(0), c.node("Sqrt", List.of(square))));
        affine(
                c,
                standard,
                IntStream.range(0, shape.length)
                        .mapToObj(d -> Size.fixed(shape[d]))
                        .toList());
    }

    private static void localResponse(Conversion c) {
        if (c.integer(1) % 2 == 0 || c.value(0).ndim() != 4) {
            throw c.refusal("over an even number of channels, or of other than images");
        }
        boolean isWritten = c.has(2, Number.class);
        c.result(
                "LRN",
                List.of(c.x(0)),
                Attribute.of("size", c.integer(1)),
                Attribute.of("alpha", isWritten ? c.real(2) : 1e-4),
                Attribute.of("beta", isWritten ? c.real(3) : 0.75),
                Attribute.of("bias", isWritten ? c.real(4) : 1));
    }
}
