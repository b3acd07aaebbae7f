package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Calls.one;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.ConvOptions;
import org.ndgrad.autograd.ops.Convolutions;
import org.ndgrad.nn.conformance.Calls.Row;

/** Rows of convolutions and of what cuts into windows. */
final class ConvolutionCalls {

    private interface Plain {
        Tensor of(Tensor x, Tensor weight, ConvOptions options);
    }

    private interface Biased {
        Tensor of(Tensor x, Tensor weight, Tensor bias, ConvOptions options);
    }

    private ConvolutionCalls() {}

    static List<Row> rows() {
        return ImmutableList.<Row>builder()
                .add(conv("conv1d", "Convolutions.conv1d", Convolutions::conv1d, Convolutions::conv1d))
                .add(conv("conv2d", "Convolutions.conv2d", Convolutions::conv2d, Convolutions::conv2d))
                .add(conv("conv3d", "Convolutions.conv3d", Convolutions::conv3d, Convolutions::conv3d))
                .add(transposed(
                        "conv_transpose1d",
                        "Convolutions.convTranspose1d",
                        Convolutions::convTranspose1d,
                        Convolutions::convTranspose1d))
                .add(transposed(
                        "conv_transpose2d",
                        "Convolutions.convTranspose2d",
                        Convolutions::convTranspose2d,
                        Convolutions::convTranspose2d))
                .add(transposed(
                        "conv_transpose3d",
                        "Convolutions.convTranspose3d",
                        Convolutions::convTranspose3d,
                        Convolutions::convTranspose3d))
                .add(one(
                        "nn.functional.unfold",
                        "Convolutions.unfold",
                        a -> Convolutions.unfold(a.input(), a.longs(1, "kernel_size"), windows(a, 2))))
                .add(one(
                        "nn.functional.fold",
                        "Convolutions.fold",
                        a -> Convolutions.fold(
                                a.input(), a.longs(1, "output_size"), a.longs(2, "kernel_size"), windows(a, 3))))
                .addAll(PoolingCalls.rows())
                .build();
    }

    private static Row conv(String name, String operation, Plain plain, Biased biased) {
        return one("nn.functional." + name, operation, a -> {
            ConvOptions options = ConvOptions.defaults()
                    .withDilation(a.optionalLongs(5, "dilation").orElse(new long[] {1}))
                    .withStride(a.optionalLongs(3, "stride").orElse(new long[] {1}))
                    .withGroups(a.integer(6, "groups", 1));
            Optional<Object> padding = a.value(4, "padding");
            if (padding.filter(String.class::isInstance).isPresent()) {
                options = padding.get().equals("same") ? options.withSamePadding() : options.withPadding(0);
            } else if (padding.isPresent()) {
                options = options.withPadding(a.longs(4, "padding"));
            }
            return call(a, plain, biased, options);
        });
    }

    private static Row transposed(String name, String operation, Plain plain, Biased biased) {
        return one("nn.functional." + name, operation, a -> {
            ConvOptions options = ConvOptions.defaults()
                    .withStride(a.optionalLongs(3, "stride").orElse(new long[] {1}))
                    .withPadding(a.optionalLongs(4, "padding").orElse(new long[] {0}))
                    .withOutputPadding(a.optionalLongs(5, "output_padding").orElse(new long[] {0}))
                    .withGroups(a.integer(6, "groups", 1))
                    .withDilation(a.optionalLongs(7, "dilation").orElse(new long[] {1}));
            return call(a, plain, biased, options);
        });
    }

    private static Tensor call(Arguments a, Plain plain, Biased biased, ConvOptions options) {
        Optional<Tensor> bias = a.optionalTensor(2, "bias");
        return bias.isPresent()
                ? biased.of(a.input(), a.tensor(1, "weight"), bias.get(), options)
                : plain.of(a.input(), a.tensor(1, "weight"), options);
    }

    private static ConvOptions windows(Arguments a, int first) {
        return ConvOptions.defaults()
                .withDilation(a.optionalLongs(first, "dilation").orElse(new long[] {1}))
                .withPadding(a.optionalLongs(first + 1, "padding").orElse(new long[] {0}))
                .withStride(a.optionalLongs(first + 2, "stride").orElse(new long[] {1}));
    }
}
