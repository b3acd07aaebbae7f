package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.OTHER;
import static org.ndgrad.autograd.ops.OpCase.in;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.stream.Stream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.OpCase.Domain;

/** The rows of {@link Normalization}. */
final class NormalizationCases {

    private static final Domain FACTOR = in(0.6, 1.7);

    private NormalizationCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                row("layerNorm", x -> Normalization.layerNorm(x.get(0), new long[] {4}, x.get(1), x.get(2), 0.1))
                        .as("with weights beside it")
                        .on(sample(ANY, 3, 4), sample(FACTOR, 4), sample(OTHER, 4)),
                row(
                                "batchNorm",
                                x -> Normalization.batchNorm(
                                        x.get(0),
                                        sample(OTHER, 3).to(x.get(0).dtype()),
                                        sample(FACTOR, 3).to(x.get(0).dtype())))
                        .as("by running values alone")
                        .on(sample(ANY, 4, 3)),
                row("layerNorm", x -> Normalization.layerNorm(x.get(0), new long[] {4}, affine(x.get(1), x.get(2))))
                        .on(sample(ANY, 3, 4), sample(FACTOR, 4), sample(OTHER, 4))
                        .on(sample(ANY, 4), sample(FACTOR, 4), sample(OTHER, 4))
                        .on(sample(ANY, 0, 4), sample(FACTOR, 4), sample(OTHER, 4)),
                row("layerNorm", x -> Normalization.layerNorm(x.get(0), 2, 3))
                        .as("over two dims")
                        .on(sample(ANY, 2, 2, 3)),
                row("rmsNorm", x -> Normalization.rmsNorm(x.get(0), new long[] {4}, factor(x.get(1))))
                        .on(sample(ANY, 3, 4), sample(FACTOR, 4))
                        .on(sample(ANY, 4), sample(FACTOR, 4))
                        .on(sample(ANY, 0, 4), sample(FACTOR, 4)),
                row("rmsNorm", x -> Normalization.rmsNorm(x.get(0), 2, 3))
                        .as("over two dims")
                        .on(sample(ANY, 2, 2, 3)),
                row("groupNorm", x -> Normalization.groupNorm(x.get(0), 2, affine(x.get(1), x.get(2))))
                        .on(sample(ANY, 2, 4, 2), sample(FACTOR, 4), sample(OTHER, 4))
                        .on(sample(ANY, 2, 4), sample(FACTOR, 4), sample(OTHER, 4))
                        .on(sample(ANY, 0, 4), sample(FACTOR, 4), sample(OTHER, 4)),
                row("groupNorm", x -> Normalization.groupNorm(x.get(0), 1))
                        .as("of one group")
                        .on(sample(ANY, 2, 3)),
                row("instanceNorm", x -> Normalization.instanceNorm(x.get(0), trained(x.get(1), x.get(2))))
                        .on(sample(ANY, 2, 2, 3), sample(FACTOR, 2), sample(OTHER, 2))
                        .on(sample(ANY, 0, 2, 3), sample(FACTOR, 2), sample(OTHER, 2)),
                row("instanceNorm", x -> Normalization.instanceNorm(x.get(0)))
                        .as("of images")
                        .on(sample(ANY, 2, 1, 2, 2)),
                row("batchNorm", x -> Normalization.batchNorm(x.get(0), trained(x.get(1), x.get(2))))
                        .on(sample(ANY, 4, 3), sample(FACTOR, 3), sample(OTHER, 3))
                        .on(sample(ANY, 2, 3, 2), sample(FACTOR, 3), sample(OTHER, 3))
                        .on(sample(ANY, 0, 3), sample(FACTOR, 3), sample(OTHER, 3)),
                row(
                                "batchNorm",
                                x -> Normalization.batchNorm(
                                        x.get(0),
                                        trained(x.get(1), x.get(2))
                                                .withRunning(
                                                        sample(OTHER, 3)
                                                                .to(x.get(0).dtype()),
                                                        sample(FACTOR, 3)
                                                                .to(x.get(0).dtype()))
                                                .withTraining(false)))
                        .as("in evaluation")
                        .on(sample(ANY, 2, 3, 2), sample(FACTOR, 3), sample(OTHER, 3)),
                row("batchNorm", x -> Normalization.batchNorm(x.get(0)))
                        .as("alone")
                        .on(sample(ANY, 3, 2))
                        .on(sample(ANY, 0)),
                row("localResponseNorm", x -> Normalization.localResponseNorm(x.get(0), 2, 0.4, 0.75, 1.2))
                        .on(sample(ANY, 1, 4, 3))
                        .on(sample(ANY, 2, 2, 2, 1))
                        .on(sample(ANY, 0, 2, 3)),
                row("localResponseNorm", x -> Normalization.localResponseNorm(x.get(0), 3))
                        .as("by default")
                        .on(sample(ANY, 1, 2, 3)));
    }

    private static NormalizationOptions affine(Tensor weight, Tensor bias) {
        return factor(weight).withBias(bias);
    }

    private static NormalizationOptions factor(Tensor weight) {
        return NormalizationOptions.defaults().withWeight(weight).withEpsilon(0.1);
    }

    private static BatchNormOptions trained(Tensor weight, Tensor bias) {
        return BatchNormOptions.defaults().withWeight(weight).withBias(bias).withEpsilon(0.1);
    }
}
