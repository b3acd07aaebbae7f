package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.LossCalls.reduction;
import static org.ndgrad.nn.conformance.Modules.block;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.Function;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.AdaptiveLogSoftmaxOptions;
import org.ndgrad.nn.AdaptiveLogSoftmaxWithLoss;
import org.ndgrad.nn.BceLoss;
import org.ndgrad.nn.BceOptions;
import org.ndgrad.nn.BceWithLogitsLoss;
import org.ndgrad.nn.CosineEmbeddingLoss;
import org.ndgrad.nn.CrossEntropyLoss;
import org.ndgrad.nn.CrossEntropyOptions;
import org.ndgrad.nn.CtcLoss;
import org.ndgrad.nn.CtcOptions;
import org.ndgrad.nn.GaussianNllLoss;
import org.ndgrad.nn.GaussianNllOptions;
import org.ndgrad.nn.HingeEmbeddingLoss;
import org.ndgrad.nn.HuberLoss;
import org.ndgrad.nn.KlDivLoss;
import org.ndgrad.nn.KlDivOptions;
import org.ndgrad.nn.L1Loss;
import org.ndgrad.nn.LinearCrossEntropyLoss;
import org.ndgrad.nn.LinearCrossEntropyOptions;
import org.ndgrad.nn.Loss;
import org.ndgrad.nn.MarginRankingLoss;
import org.ndgrad.nn.MseLoss;
import org.ndgrad.nn.MultiLabelMarginLoss;
import org.ndgrad.nn.MultiLabelSoftMarginLoss;
import org.ndgrad.nn.MultiMarginLoss;
import org.ndgrad.nn.MultiMarginOptions;
import org.ndgrad.nn.NllLoss;
import org.ndgrad.nn.PairwiseDistance;
import org.ndgrad.nn.PoissonNllLoss;
import org.ndgrad.nn.PoissonNllOptions;
import org.ndgrad.nn.SmoothL1Loss;
import org.ndgrad.nn.SoftMarginLoss;
import org.ndgrad.nn.TripletMarginLoss;
import org.ndgrad.nn.TripletMarginOptions;
import org.ndgrad.nn.TripletMarginWithDistanceLoss;
import org.ndgrad.nn.conformance.Modules.Row;

/** Rows of losses. */
final class LossModules {

    private LossModules() {}

    static List<Row> rows() {
        return ImmutableList.<Row>builder()
                .addAll(regression())
                .addAll(likelihoods())
                .addAll(margins())
                .build();
    }

    private static List<Row> regression() {
        return ImmutableList.of(
                loss("MSELoss", a -> new MseLoss(reduction(a, 0, 1, 2))),
                loss("L1Loss", a -> new L1Loss(reduction(a, 0, 1, 2))),
                loss("HuberLoss", a -> new HuberLoss(a.real(1, "delta", 1), reduction(a, -1, -1, 0))),
                loss("SmoothL1Loss", a -> new SmoothL1Loss(a.real(3, "beta", 1), reduction(a, 0, 1, 2))));
    }

    private static List<Row> likelihoods() {
        return ImmutableList.of(
                loss("BCELoss", a -> new BceLoss(binary(a))),
                loss(
                        "BCEWithLogitsLoss",
                        a -> new BceWithLogitsLoss(a.with(binary(a), 4, "pos_weight", BceOptions::withPositiveWeight))),
                loss(
                        "CrossEntropyLoss",
                        a -> new CrossEntropyLoss(classes(a).withLabelSmoothing(a.real(5, "label_smoothing", 0)))),
                loss("NLLLoss", a -> new NllLoss(classes(a))),
                loss(
                        "KLDivLoss",
                        a -> new KlDivLoss(KlDivOptions.defaults()
                                .withReduction(reduction(a, 0, 1, 2))
                                .withLogTarget(a.flag(3, "log_target", false)))),
                loss(
                        "PoissonNLLLoss",
                        a -> new PoissonNllLoss(PoissonNllOptions.defaults()
                                .withLogRates(a.flag(0, "log_input", true))
                                .withFull(a.flag(1, "full", false))
                                .withEpsilon(a.real(3, "eps", 1e-8))
                                .withReduction(reduction(a, 2, 4, 5)))),
                loss("LinearCrossEntropyLoss", LossModules::linear),
                block(
                        "AdaptiveLogSoftmaxWithLoss",
                        a -> new AdaptiveLogSoftmaxWithLoss(
                                a.integer(0, "in_features"),
                                a.integer(1, "n_classes"),
                                a.longs(2, "cutoffs"),
                                AdaptiveLogSoftmaxOptions.defaults()
                                        .withDivisor(a.real(3, "div_value", 4))
                                        .withBias(a.flag(4, "head_bias", false))),
                        layer -> a -> {
                            AdaptiveLogSoftmaxWithLoss.Result result = layer.forward(a.input(), target(a));
                            return List.of(result.output(), result.loss());
                        }),
                block(
                        "GaussianNLLLoss",
                        a -> new GaussianNllLoss(GaussianNllOptions.defaults()
                                .withFull(a.flag(-1, "full", false))
                                .withEpsilon(a.real(-1, "eps", 1e-6))
                                .withReduction(reduction(a, -1, -1, -1))),
                        loss -> a -> List.of(loss.forward(a.input(), target(a), a.tensor(2, "var")))),
                block(
                        "CTCLoss",
                        a -> new CtcLoss(CtcOptions.defaults()
                                .withBlank(a.integer(0, "blank", 0))
                                .withReduction(reduction(a, -1, -1, 1))
                                .withZeroInfinity(a.flag(2, "zero_infinity", false))),
                        loss -> a -> List.of(loss.forward(
                                a.tensor(0, "log_probs"),
                                a.tensor(1, "targets"),
                                lengths(a, 2, "input_lengths"),
                                lengths(a, 3, "target_lengths")))));
    }

    private static List<Row> margins() {
        return ImmutableList.of(
                loss("HingeEmbeddingLoss", a -> new HingeEmbeddingLoss(a.real(0, "margin", 1), reduction(a, 1, 2, 3))),
                loss("SoftMarginLoss", a -> new SoftMarginLoss(reduction(a, 0, 1, 2))),
                loss("MultiLabelMarginLoss", a -> new MultiLabelMarginLoss(reduction(a, 0, 1, 2))),
                loss(
                        "MultiLabelSoftMarginLoss",
                        a -> a.optionalTensor(0, "weight")
                                .map(weight -> new MultiLabelSoftMarginLoss(weight, reduction(a, 1, 2, 3)))
                                .orElseGet(() -> new MultiLabelSoftMarginLoss(reduction(a, 1, 2, 3)))),
                loss("MultiMarginLoss", a -> {
                    MultiMarginOptions options = MultiMarginOptions.defaults()
                            .withP(a.integer(0, "p", 1))
                            .withMargin(a.real(1, "margin", 1))
                            .withReduction(reduction(a, 3, 4, 5));
                    return new MultiMarginLoss(a.with(options, 2, "weight", MultiMarginOptions::withWeight));
                }),
                block(
                        "CosineEmbeddingLoss",
                        a -> new CosineEmbeddingLoss(a.real(0, "margin", 0), reduction(a, 1, 2, 3)),
                        loss -> a -> List.of(
                                loss.forward(a.tensor(0, "input1"), a.tensor(1, "input2"), a.tensor(2, "target")))),
                block(
                        "MarginRankingLoss",
                        a -> new MarginRankingLoss(a.real(0, "margin", 0), reduction(a, 1, 2, 3)),
                        loss -> a -> List.of(
                                loss.forward(a.tensor(0, "input1"), a.tensor(1, "input2"), a.tensor(2, "target")))),
                block(
                        "TripletMarginLoss",
                        a -> new TripletMarginLoss(TripletMarginOptions.defaults()
                                .withMargin(a.real(0, "margin", 1))
                                .withP(a.real(1, "p", 2))
                                .withEpsilon(a.real(2, "eps", 1e-6))
                                .withSwap(a.flag(3, "swap", false))
                                .withReduction(reduction(a, 4, 5, 6))),
                        loss -> a -> List.of(
                                loss.forward(a.tensor(0, "anchor"), a.tensor(1, "positive"), a.tensor(2, "negative")))),
                block(
                        "TripletMarginWithDistanceLoss",
                        a -> new TripletMarginWithDistanceLoss(
                                (x, y) -> new PairwiseDistance().forward(x, y),
                                TripletMarginOptions.defaults()
                                        .withMargin(a.real(-1, "margin", 1))
                                        .withSwap(a.flag(-1, "swap", false))
                                        .withReduction(reduction(a, -1, -1, -1))),
                        loss -> a -> List.of(loss.forward(
                                a.tensor(0, "anchor"), a.tensor(1, "positive"), a.tensor(2, "negative")))));
    }

    private static Row loss(String name, Function<Arguments, Loss> constructor) {
        return block(name, constructor, loss -> a -> List.of(loss.forward(a.input(), target(a))));
    }

    private static Tensor target(Arguments a) {
        return a.tensor(1, "target");
    }

    private static BceOptions binary(Arguments a) {
        BceOptions options = BceOptions.defaults().withReduction(reduction(a, 1, 2, 3));
        return a.with(options, 0, "weight", BceOptions::withWeight);
    }

    private static CrossEntropyOptions classes(Arguments a) {
        CrossEntropyOptions options = CrossEntropyOptions.defaults()
                .withReduction(reduction(a, 1, 3, 4))
                .withIgnoreIndex(a.integer(2, "ignore_index", -100));
        return a.with(options, 0, "weight", CrossEntropyOptions::withWeight);
    }

    private static Loss linear(Arguments a) {
        CrossEntropyOptions loss = CrossEntropyOptions.defaults()
                .withReduction(reduction(a, -1, -1, -1))
                .withLabelSmoothing(a.real(-1, "label_smoothing", 0))
                .withIgnoreIndex(a.integer(-1, "ignore_index", -100));
        return new LinearCrossEntropyLoss(
                a.integer(0, "in_features"),
                a.integer(1, "num_classes"),
                LinearCrossEntropyOptions.defaults()
                        .withOutputs(a.optionalLongs(-1, "out_features").orElse(new long[0]))
                        .withBias(a.flag(-1, "bias", false))
                        .withLoss(a.with(loss, -1, "weight", CrossEntropyOptions::withWeight)));
    }

    private static Tensor lengths(Arguments a, int position, String name) {
        return a.isTensor(position, name) ? a.tensor(position, name) : Tensor.of(a.longs(position, name));
    }
}
