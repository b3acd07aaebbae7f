package org.ndgrad.nn.optim;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.LongToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.conformance.Verdict.Unsupported;

/** Runs rows that say which learning rates a schedule gives. */
final class ScheduleRows {

    private static final double TOLERANCE = 1e-9;

    private static final ImmutableMap<String, BiFunction<Optimizer, Given, LrScheduler>> TABLE =
            ImmutableMap.<String, BiFunction<Optimizer, Given, LrScheduler>>builder()
                    .put("StepLR", (o, a) -> new StepLr(o, a.whole("step_size", 0), a.number("gamma", 0.1)))
                    .put("MultiStepLR", (o, a) -> new MultiStepLr(o, a.wholes("milestones"), a.number("gamma", 0.1)))
                    .put(
                            "ConstantLR",
                            (o, a) -> new ConstantLr(o, a.number("factor", 1.0 / 3), a.whole("total_iters", 5)))
                    .put(
                            "LinearLR",
                            (o, a) -> new LinearLr(
                                    o,
                                    a.number("start_factor", 1.0 / 3),
                                    a.number("end_factor", 1),
                                    a.whole("total_iters", 5)))
                    .put("ExponentialLR", (o, a) -> new ExponentialLr(o, a.number("gamma", 0)))
                    .put("PolynomialLR", (o, a) -> new PolynomialLr(o, a.whole("total_iters", 5), a.number("power", 1)))
                    .put(
                            "CosineAnnealingLR",
                            (o, a) -> new CosineAnnealingLr(o, a.whole("T_max", 0), a.number("eta_min", 0)))
                    .put(
                            "CosineAnnealingWarmRestarts",
                            (o, a) -> new CosineAnnealingWarmRestarts(
                                    o, a.whole("T_0", 0), a.whole("T_mult", 1), a.number("eta_min", 0)))
                    .put("OneCycleLR", ScheduleRows::oneCycle)
                    .put("CyclicLR", ScheduleRows::cyclic)
                    .put("ReduceLROnPlateau", ScheduleRows::plateau)
                    .put("SequentialLR", (o, a) -> sequential(o, a.text("described", "")))
                    .put("ChainedScheduler", (o, a) -> new ChainedScheduler(parts(o, a.text("described", ""))))
                    .put("LambdaLR", (o, a) -> new LambdaLr(o, function(a.text("described", ""))))
                    .put("MultiplicativeLR", (o, a) -> new MultiplicativeLr(o, function(a.text("described", ""))))
                    .buildOrThrow();

    /** Options by PyTorch's names, with defaults for those that are not given. */
    private record Given(JsonNode options) {

        double number(String name, double absent) {
            return options.hasNonNull(name) ? Numbers.number(options.get(name)) : absent;
        }

        int whole(String name, int absent) {
            return (int) number(name, absent);
        }

        boolean flag(String name, boolean absent) {
            return options.hasNonNull(name) ? options.get(name).booleanValue() : absent;
        }

        String text(String name, String absent) {
            return options.hasNonNull(name) ? options.get(name).textValue() : absent;
        }

        List<Integer> wholes(String name) {
            return Streams.stream(options.get(name)).map(JsonNode::intValue).toList();
        }
    }

    private ScheduleRows() {}

    static void run(JsonNode row) {
        String name = row.get("schedule").textValue();
        if (!TABLE.containsKey(name)) {
            throw new Unsupported("there is no schedule " + name);
        }
        Tensor parameter = Tensor.zeros(DataType.DOUBLE, 1).requiresGrad(true);
        parameter.grad(Tensor.zerosLike(parameter));
        SgdOptions momentum = SgdOptions.defaults().withMomentum(0.9);
        Sgd optimizer = new Sgd(List.of(parameter), Numbers.number(row.get("start")), momentum);
        LrScheduler scheduler = TABLE.get(name).apply(optimizer, new Given(row.get("options")));
        double[] rates = Numbers.numbers(row.get("rates"));
        for (int t = 0; t < rates.length; t++) {
            Numbers.check("rate before step " + t, optimizer.learningRate(), rates[t], TOLERANCE);
            if (row.hasNonNull("momenta")) {
                double expected = Numbers.number(row.get("momenta").get(t));
                double actual = ((SgdOptions) optimizer.groupOptions()).momentum();
                Numbers.check("momentum before step " + t, actual, expected, TOLERANCE);
            }
            optimizer.step();
            if (scheduler instanceof ReduceLrOnPlateau plateau) {
                plateau.step(Numbers.number(row.get("metric").get(t)));
            } else if (t < rates.length - 1) {
                scheduler.step();
            }
        }
    }

    private static LrScheduler oneCycle(Optimizer optimizer, Given a) {
        OneCycleLrOptions options = OneCycleLrOptions.defaults();
        int steps = a.whole("total_steps", a.whole("epochs", 0) * a.whole("steps_per_epoch", 0));
        return new OneCycleLr(
                optimizer,
                a.number("max_lr", 0),
                steps,
                options.withPctStart(a.number("pct_start", options.pctStart()))
                        .withAnnealStrategy(
                                OneCycleLrOptions.Anneal.valueOf(Ascii.toUpperCase(a.text("anneal_strategy", "cos"))))
                        .withCycleMomentum(a.flag("cycle_momentum", true))
                        .withBaseMomentum(
                                a.number("base_momentum", options.baseMomentum().get(0)))
                        .withMaxMomentum(
                                a.number("max_momentum", options.maxMomentum().get(0)))
                        .withDivFactor(a.number("div_factor", options.divFactor()))
                        .withFinalDivFactor(a.number("final_div_factor", options.finalDivFactor()))
                        .withThreePhase(a.flag("three_phase", false)));
    }

    private static LrScheduler cyclic(Optimizer optimizer, Given a) {
        CyclicLrOptions options = CyclicLrOptions.defaults();
        int up = a.whole("step_size_up", options.stepSizeUp());
        return new CyclicLr(
                optimizer,
                a.number("base_lr", 0),
                a.number("max_lr", 0),
                options.withStepSizeUp(up)
                        .withStepSizeDown(a.whole("step_size_down", up))
                        .withMode(CyclicLrOptions.Mode.valueOf(Ascii.toUpperCase(a.text("mode", "triangular"))))
                        .withGamma(a.number("gamma", 1))
                        .withCycleMomentum(a.flag("cycle_momentum", true))
                        .withBaseMomentum(
                                a.number("base_momentum", options.baseMomentum().get(0)))
                        .withMaxMomentum(
                                a.number("max_momentum", options.maxMomentum().get(0))));
    }

    private static LrScheduler plateau(Optimizer optimizer, Given a) {
        ReduceLrOnPlateauOptions options = ReduceLrOnPlateauOptions.defaults();
        return new ReduceLrOnPlateau(
                optimizer,
                options.withMode(ReduceLrOnPlateauOptions.Mode.valueOf(Ascii.toUpperCase(a.text("mode", "min"))))
                        .withFactor(a.number("factor", options.factor()))
                        .withPatience(a.whole("patience", options.patience()))
                        .withThreshold(a.number("threshold", options.threshold()))
                        .withThresholdMode(ReduceLrOnPlateauOptions.ThresholdMode.valueOf(
                                Ascii.toUpperCase(a.text("threshold_mode", "rel"))))
                        .withCooldown(a.whole("cooldown", 0))
                        .withMinLearningRate(a.number("min_lr", 0))
                        .withEpsilon(a.number("eps", options.epsilon())));
    }

    private static LrScheduler sequential(Optimizer optimizer, String described) {
        List<Integer> milestones = Pattern.compile("from step (\\d+)")
                .matcher(described)
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .toList();
        return new SequentialLr(parts(optimizer, described), milestones);
    }

    /** Reads {@code Linear(0.1, 1.0, 5)} and the like, in PyTorch's order of arguments. */
    private static List<LrScheduler> parts(Optimizer optimizer, String described) {
        List<LrScheduler> parts = new ArrayList<>();
        for (MatchResult part : Pattern.compile("(\\w+)\\(([^)]*)\\)")
                .matcher(described)
                .results()
                .toList()) {
            double[] a = Arrays.stream(part.group(2).split(", *"))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            parts.add(
                    switch (part.group(1)) {
                        case "Linear" -> new LinearLr(optimizer, a[0], a[1], (int) a[2]);
                        case "Constant" -> new ConstantLr(optimizer, a[0], (int) a[1]);
                        case "Cosine" -> new CosineAnnealingLr(optimizer, (int) a[0], a.length > 1 ? a[1] : 0);
                        case "Exponential" -> new ExponentialLr(optimizer, a[0]);
                        case "Step" -> new StepLr(optimizer, (int) a[0], a.length > 1 ? a[1] : 0.1);
                        case "Polynomial" -> new PolynomialLr(optimizer, (int) a[0], a.length > 1 ? a[1] : 1);
                        default -> throw new Unsupported("a part that is described as " + part.group());
                    });
        }
        return parts;
    }

    private static LongToDoubleFunction function(String described) {
        Matcher odd = Pattern.compile("([\\d.]+) at odd t, else ([\\d.]+)").matcher(described);
        if (odd.matches()) {
            return t -> Double.parseDouble(odd.group(t % 2 == 1 ? 1 : 2));
        }
        if (described.equals("1 / (1 + t)")) {
            return t -> 1.0 / (1 + t);
        }
        Matcher power = Pattern.compile("([\\d.]+) ?(\\*\\*|\\^) ?t").matcher(described);
        if (power.matches()) {
            return t -> Math.pow(Double.parseDouble(power.group(1)), (double) t);
        }
        throw new Unsupported("a function that is described as " + described);
    }
}
