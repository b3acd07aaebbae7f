package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.OTHER;
import static org.ndgrad.autograd.ops.OpCase.in;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.stream.Stream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.OpCase.Domain;

/** The rows of {@link Attention}. */
final class AttentionCases {

    private static final Domain FACTOR = in(0.6, 1.7);
    private static final Domain PLACE = in(-1.31, 1.27);

    private AttentionCases() {}

    static Stream<OpCase> rows() {
        AttentionOptions options = AttentionOptions.defaults();
        Tensor mask = Tensor.of(true, false, true, false, false, false).reshape(2, 3);
        return Stream.of(
                attending("", options)
                        .on(sample(ANY, 2, 3), sample(OTHER, 4, 3), sample(FACTOR, 4, 2))
                        .on(sample(ANY, 2, 1, 3, 2), sample(OTHER, 2, 2), sample(FACTOR, 2, 2, 1))
                        .on(sample(ANY, 2, 3), sample(OTHER, 0, 3), sample(FACTOR, 0, 2))
                        .on(sample(ANY, 0, 3), sample(OTHER, 4, 3), sample(FACTOR, 4, 2)),
                row("scaledDotProductAttention", x -> Attention.scaledDotProductAttention(x.get(0), x.get(1), x.get(2)))
                        .as("by default")
                        .on(sample(ANY, 2, 3), sample(OTHER, 4, 3), sample(FACTOR, 4, 2))
                        .on(sample(ANY, 2, 1, 3, 2), sample(OTHER, 2, 2), sample(FACTOR, 2, 2, 1)),
                attending("causal", options.withCausal(true).withScale(0.9))
                        .on(sample(ANY, 3, 2), sample(OTHER, 2, 2), sample(FACTOR, 2, 2)),
                attending("masked", options.withMask(mask))
                        .on(sample(ANY, 2, 2), sample(OTHER, 3, 2), sample(FACTOR, 3, 2)),
                row(
                                "scaledDotProductAttention",
                                x -> Attention.scaledDotProductAttention(
                                        x.get(0), x.get(1), x.get(2), options.withMask(x.get(3))))
                        .as("with an additive mask")
                        .on(sample(ANY, 2, 2), sample(OTHER, 3, 2), sample(FACTOR, 3, 2), sample(PLACE, 2, 3)),
                attending("with dropout", options.withDropout(0.5, new Alternating()))
                        .on(sample(ANY, 2, 2), sample(OTHER, 3, 2), sample(FACTOR, 3, 2)),
                attending("in groups", options.withHeads(AttentionOptions.Heads.GROUPED))
                        .on(sample(ANY, 1, 4, 1, 2), sample(OTHER, 1, 2, 2, 2), sample(OTHER, 1, 2, 2, 2)));
    }

    private static OpCase attending(String variant, AttentionOptions options) {
        return row(
                        "scaledDotProductAttention",
                        x -> Attention.scaledDotProductAttention(x.get(0), x.get(1), x.get(2), options))
                .as(variant);
    }
}
