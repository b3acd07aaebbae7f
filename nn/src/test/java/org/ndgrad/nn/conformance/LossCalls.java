package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Calls.one;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.Function;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.BceOptions;
import org.ndgrad.nn.CrossEntropyOptions;
import org.ndgrad.nn.CtcOptions;
import org.ndgrad.nn.GaussianNllOptions;
import org.ndgrad.nn.KlDivOptions;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.MultiMarginOptions;
import org.ndgrad.nn.PoissonNllOptions;
import org.ndgrad.nn.Reduction;
import org.ndgrad.nn.TripletMarginOptions;
import org.ndgrad.nn.conformance.Calls.Row;
import org.ndgrad.nn.conformance.Calls.Unsupported;

/** Rows of the losses. */
final class LossCalls {

    private LossCalls() {}

    static List<Row> rows() {
        return ImmutableList.<Row>builder()
                .addAll(regression())
                .addAll(likelihoods())
                .addAll(margins())
                .build();
    }

    private static List<Row> regression() {
        return ImmutableList.of(
                loss("mse_loss", "Losses.mseLoss", a -> {
                    refuseWeight(a, 5);
                    return Losses.mseLoss(a.input(), target(a), reduction(a, 2, 3, 4));
                }),
                loss("l1_loss", "Losses.l1Loss", a -> {
                    refuseWeight(a, 5);
                    return Losses.l1Loss(a.input(), target(a), reduction(a, 2, 3, 4));
                }),
                loss("huber_loss", "Losses.huberLoss", a -> {
                    refuseWeight(a, 4);
                    return Losses.huberLoss(a.input(), target(a), a.real(3, "delta", 1), reduction(a, -1, -1, 2));
                }),
                loss(
                        "smooth_l1_loss",
                        "Losses.smoothL1Loss",
                        a -> Losses.smoothL1Loss(a.input(), target(a), a.real(5, "beta", 1), reduction(a, 2, 3, 4))));
    }

    private static List<Row> likelihoods() {
        return ImmutableList.of(
                loss(
                        "binary_cross_entropy",
                        "Losses.binaryCrossEntropy",
                        a -> Losses.binaryCrossEntropy(a.input(), target(a), bce(a))),
                loss("binary_cross_entropy_with_logits", "Losses.binaryCrossEntropyWithLogits", a -> {
                    BceOptions options = a.with(bce(a), 6, "pos_weight", BceOptions::withPositiveWeight);
                    return Losses.binaryCrossEntropyWithLogits(a.input(), target(a), options);
                }),
                loss(
                        "cross_entropy",
                        "Losses.crossEntropy",
                        a -> Losses.crossEntropy(
                                a.input(), target(a), classes(a).withLabelSmoothing(a.real(7, "label_smoothing", 0)))),
                loss(
                        "linear_cross_entropy",
                        "Losses.linearCrossEntropy",
                        a -> Losses.linearCrossEntropy(
                                a.input(),
                                a.tensor(1, "linear_weight"),
                                a.tensor(2, "target"),
                                CrossEntropyOptions.defaults().withReduction(reduction(a, -1, -1, -1)))),
                loss(
                        "ctc_loss",
                        "Losses.ctcLoss",
                        a -> Losses.ctcLoss(
                                a.tensor(0, "log_probs"),
                                a.tensor(1, "targets"),
                                lengths(a, 2, "input_lengths"),
                                lengths(a, 3, "target_lengths"),
                                CtcOptions.defaults()
                                        .withBlank(a.integer(4, "blank", 0))
                                        .withReduction(reduction(a, -1, -1, 5))
                                        .withZeroInfinity(a.flag(6, "zero_infinity", false)))),
                loss("nll_loss", "Losses.nllLoss", a -> Losses.nllLoss(a.input(), target(a), classes(a))),
                loss(
                        "kl_div",
                        "Losses.klDiv",
                        a -> Losses.klDiv(
                                a.input(),
                                target(a),
                                KlDivOptions.defaults()
                                        .withReduction(reduction(a, 2, 3, 4))
                                        .withLogTarget(a.flag(5, "log_target", false)))),
                loss("gaussian_nll_loss", "Losses.gaussianNllLoss", a -> {
                    Tensor variance = a.isTensor(2, "var")
                            ? a.tensor(2, "var")
                            : Tensor.onesLike(a.input()).mul(a.scalar(2, "var"));
                    GaussianNllOptions options = GaussianNllOptions.defaults()
                            .withReduction(reduction(a, -1, -1, 5))
                            .withFull(a.flag(3, "full", false))
                            .withEpsilon(a.real(4, "eps", 1e-6));
                    return Losses.gaussianNllLoss(a.input(), target(a), variance, options);
                }),
                loss("poisson_nll_loss", "Losses.poissonNllLoss", a -> {
                    PoissonNllOptions options = PoissonNllOptions.defaults()
                            .withReduction(reduction(a, 4, 6, 7))
                            .withLogRates(a.flag(2, "log_input", true))
                            .withFull(a.flag(3, "full", false))
                            .withEpsilon(a.real(5, "eps", 1e-8));
                    return Losses.poissonNllLoss(a.input(), target(a), options);
                }));
    }

    private static List<Row> margins() {
        return ImmutableList.of(
                loss(
                        "hinge_embedding_loss",
                        "Losses.hingeEmbeddingLoss",
                        a -> Losses.hingeEmbeddingLoss(
                                a.input(), target(a), a.real(2, "margin", 1), reduction(a, 3, 4, 5))),
                loss(
                        "margin_ranking_loss",
                        "Losses.marginRankingLoss",
                        a -> Losses.marginRankingLoss(
                                a.tensor(0, "input1"),
                                a.tensor(1, "input2"),
                                a.tensor(2, "target"),
                                a.real(3, "margin", 0),
                                reduction(a, 4, 5, 6))),
                loss(
                        "soft_margin_loss",
                        "Losses.softMarginLoss",
                        a -> Losses.softMarginLoss(a.input(), target(a), reduction(a, 2, 3, 4))),
                loss("multi_margin_loss", "Losses.multiMarginLoss", a -> {
                    MultiMarginOptions options = MultiMarginOptions.defaults()
                            .withP(a.integer(2, "p", 1))
                            .withMargin(a.real(3, "margin", 1))
                            .withReduction(reduction(a, 5, 6, 7));
                    return Losses.multiMarginLoss(
                            a.input(), target(a), a.with(options, 4, "weight", MultiMarginOptions::withWeight));
                }),
                loss(
                        "multilabel_margin_loss",
                        "Losses.multilabelMarginLoss",
                        a -> Losses.multilabelMarginLoss(a.input(), target(a), reduction(a, 2, 3, 4))),
                loss("multilabel_soft_margin_loss", "Losses.multilabelSoftMarginLoss", a -> {
                    Reduction reduction = reduction(a, 3, 4, 5);
                    return a.optionalTensor(2, "weight")
                            .map(weight -> Losses.multilabelSoftMarginLoss(a.input(), target(a), weight, reduction))
                            .orElseGet(() -> Losses.multilabelSoftMarginLoss(a.input(), target(a), reduction));
                }),
                loss(
                        "cosine_embedding_loss",
                        "Losses.cosineEmbeddingLoss",
                        a -> Losses.cosineEmbeddingLoss(
                                a.tensor(0, "input1"),
                                a.tensor(1, "input2"),
                                a.tensor(2, "target"),
                                a.real(3, "margin", 0),
                                reduction(a, 4, 5, 6))),
                loss("triplet_margin_loss", "Losses.tripletMarginLoss", a -> {
                    TripletMarginOptions options = TripletMarginOptions.defaults()
                            .withReduction(reduction(a, 7, 8, 9))
                            .withMargin(a.real(3, "margin", 1))
                            .withP(a.real(4, "p", 2))
                            .withEpsilon(a.real(5, "eps", 1e-6))
                            .withSwap(a.flag(6, "swap", false));
                    return Losses.tripletMarginLoss(
                            a.tensor(0, "anchor"), a.tensor(1, "positive"), a.tensor(2, "negative"), options);
                }));
    }

    private static Row loss(String name, String operation, Function<Arguments, Tensor> call) {
        return one("nn.functional." + name, operation, call);
    }

    private static Tensor target(Arguments a) {
        return a.tensor(1, "target");
    }

    private static Tensor lengths(Arguments a, int position, String name) {
        return a.isTensor(position, name) ? a.tensor(position, name) : Tensor.of(a.longs(position, name));
    }

    private static BceOptions bce(Arguments a) {
        BceOptions options = BceOptions.defaults().withReduction(reduction(a, 3, 4, 5));
        return a.with(options, 2, "weight", BceOptions::withWeight);
    }

    private static CrossEntropyOptions classes(Arguments a) {
        CrossEntropyOptions options = CrossEntropyOptions.defaults()
                .withIgnoreIndex(a.integer(4, "ignore_index", -100))
                .withReduction(reduction(a, 3, 5, 6));
        return a.with(options, 2, "weight", CrossEntropyOptions::withWeight);
    }

    /** Reads the reduction, which PyTorch's two older flags override. */
    static Reduction reduction(Arguments a, int sizeAverage, int reduce, int reduction) {
        if (a.has(sizeAverage, "size_average") || a.has(reduce, "reduce")) {
            boolean average = a.flag(sizeAverage, "size_average", true);
            return !a.flag(reduce, "reduce", true) ? Reduction.NONE : average ? Reduction.MEAN : Reduction.SUM;
        }
        String name = a.text(reduction, "reduction", "mean");
        return switch (name) {
            case "none" -> Reduction.NONE;
            case "mean" -> Reduction.MEAN;
            case "sum" -> Reduction.SUM;
            case "batchmean" -> Reduction.BATCH_MEAN;
            default -> throw new Unsupported("reduction " + name);
        };
    }

    private static void refuseWeight(Arguments a, int position) {
        if (a.has(position, "weight")) {
            throw new Unsupported("a weight per element: multiply the unreduced losses");
        }
    }
}
