package org.ndgrad.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ndgrad.autograd.Tensor;

/** Numbers out of range are refused with what was expected, what came, and what to do. */
class RefusalsTest {

    private static final Pattern FORM = Pattern.compile("\\w+: expected [^;]+; got [^;]+\\. [A-Z][^;]+\\.");

    private static final Tensor PARAMETER = Tensor.ones(2).requiresGrad(true);
    private static final Sgd SGD =
            new Sgd(List.of(PARAMETER), 0.1, SgdOptions.defaults().withMomentum(0.9));

    private static final Map<String, ThrowingCallable> OPTIONS = ImmutableMap.<String, ThrowingCallable>builder()
            .put("adadelta rho", () -> AdadeltaOptions.defaults().withRho(2))
            .put("adadelta epsilon", () -> AdadeltaOptions.defaults().withEpsilon(-1))
            .put("adadelta decay", () -> AdadeltaOptions.defaults().withWeightDecay(-1))
            .put("adafactor beta2Decay", () -> AdafactorOptions.defaults().withBeta2Decay(1))
            .put("adafactor epsilon", () -> AdafactorOptions.defaults().withParameterEpsilon(-1))
            .put("adafactor threshold", () -> AdafactorOptions.defaults().withClippingThreshold(0.5))
            .put("adafactor decay", () -> AdafactorOptions.defaults().withWeightDecay(-1))
            .put("adagrad rate", () -> AdagradOptions.defaults().withLearningRateDecay(-1))
            .put("adagrad decay", () -> AdagradOptions.defaults().withWeightDecay(-1))
            .put("adagrad initial", () -> AdagradOptions.defaults().withInitialAccumulatorValue(-1))
            .put("adagrad epsilon", () -> AdagradOptions.defaults().withEpsilon(-1))
            .put("adam betas", () -> AdamOptions.defaults().withBeta2(1))
            .put("adamw betas", () -> AdamWOptions.defaults().withBeta1(1))
            .put("adamw epsilon", () -> AdamWOptions.defaults().withEpsilon(-1))
            .put("adamw decay", () -> AdamWOptions.defaults().withWeightDecay(-1))
            .put("adamax betas", () -> AdamaxOptions.defaults().withBeta1(1))
            .put("adamax epsilon", () -> AdamaxOptions.defaults().withEpsilon(-1))
            .put("adamax decay", () -> AdamaxOptions.defaults().withWeightDecay(-1))
            .put("asgd decay", () -> AsgdOptions.defaults().withWeightDecay(-1))
            .put("clip p", () -> ClipOptions.defaults().withP(0))
            .put("cyclic up", () -> CyclicLrOptions.defaults().withStepSizeUp(0))
            .put("lbfgs evaluations", () -> LbfgsOptions.defaults().withMaxEvaluations(0))
            .put("lbfgs tolerance", () -> LbfgsOptions.defaults().withToleranceGrad(-1))
            .put("plateau least", () -> ReduceLrOnPlateauOptions.defaults().withMinLearningRate(0, -1))
            .put("muon coefficients", () -> MuonOptions.defaults().withNsCoefficients(1, Double.NaN, 1))
            .put("lbfgs iterations", () -> LbfgsOptions.defaults().withMaxIterations(0))
            .put("lbfgs history", () -> LbfgsOptions.defaults().withHistorySize(0))
            .put("muon decay", () -> MuonOptions.defaults().withWeightDecay(-1))
            .put("muon momentum", () -> MuonOptions.defaults().withMomentum(-1))
            .put("muon steps", () -> MuonOptions.defaults().withNsSteps(100))
            .put("nadam betas", () -> NAdamOptions.defaults().withBeta1(1))
            .put("nadam epsilon", () -> NAdamOptions.defaults().withEpsilon(-1))
            .put("nadam decay", () -> NAdamOptions.defaults().withWeightDecay(-1))
            .put("nadam momentum", () -> NAdamOptions.defaults().withMomentumDecay(-1))
            .put("one cycle start", () -> OneCycleLrOptions.defaults().withPctStart(2))
            .put("plateau factor", () -> ReduceLrOnPlateauOptions.defaults().withFactor(1))
            .put("radam betas", () -> RAdamOptions.defaults().withBeta1(1))
            .put("radam epsilon", () -> RAdamOptions.defaults().withEpsilon(-1))
            .put("radam decay", () -> RAdamOptions.defaults().withWeightDecay(-1))
            .put("rmsprop alpha", () -> RmsPropOptions.defaults().withAlpha(-1))
            .put("rmsprop epsilon", () -> RmsPropOptions.defaults().withEpsilon(-1))
            .put("rmsprop decay", () -> RmsPropOptions.defaults().withWeightDecay(-1))
            .put("rmsprop momentum", () -> RmsPropOptions.defaults().withMomentum(-1))
            .put("rprop etas", () -> RpropOptions.defaults().withEtaPlus(0.9))
            .buildOrThrow();

    private static final Map<String, ThrowingCallable> OTHERS = ImmutableMap.<String, ThrowingCallable>builder()
            .put("constant", () -> new ConstantLr(SGD, 2, 5))
            .put("cosine", () -> new CosineAnnealingLr(SGD, 0))
            .put("restarts", () -> new CosineAnnealingWarmRestarts(SGD, 0))
            .put("linear", () -> new LinearLr(SGD, 0, 1, 5))
            .put("one cycle", () -> new OneCycleLr(SGD, 0.1, 0))
            .put("step", () -> new StepLr(SGD, 0))
            .put("chained", () -> new ChainedScheduler(List.of()))
            .put("sequential", () -> new SequentialLr(List.of(new StepLr(SGD, 2)), List.of(3)))
            .put("exponential gamma", () -> new ExponentialLr(SGD, Double.NaN))
            .put("step gamma", () -> new StepLr(SGD, 2, -0.5))
            .put("milestones gamma", () -> new MultiStepLr(SGD, List.of(1), Double.POSITIVE_INFINITY))
            .put("cosine least", () -> new CosineAnnealingLr(SGD, 5, Double.NaN))
            .put("restarts least", () -> new CosineAnnealingWarmRestarts(SGD, 5, 1, -1e-3))
            .put("polynomial power", () -> new PolynomialLr(SGD, 5, Double.NaN))
            .put("cyclic base", () -> new CyclicLr(SGD, Double.NaN, 1))
            .put("cyclic largest", () -> new CyclicLr(SGD, 0.1, -1))
            .put("one cycle largest", () -> new OneCycleLr(SGD, Double.NaN, 5))
            .put("averages", () -> AveragedParameters.exponential(List.of(PARAMETER), 1.5))
            .put("clip norm", () -> Gradients.clipGradNorm(List.of(PARAMETER), -1))
            .put("clip value", () -> Gradients.clipGradValue(List.of(PARAMETER), -1))
            .buildOrThrow();

    @TestFactory
    Stream<DynamicTest> messagesSayWhatToDo() {
        return Stream.of(OPTIONS, OTHERS)
                .flatMap(refusals -> refusals.entrySet().stream())
                .map(refusal -> dynamicTest(
                        refusal.getKey(),
                        () -> assertThatIllegalArgumentException()
                                .isThrownBy(refusal.getValue())
                                .satisfies(e -> assertThat(e.getMessage()).matches(FORM))));
    }

    private static final List<Record> ALL_OPTIONS = List.of(
            AdadeltaOptions.defaults(),
            AdafactorOptions.defaults(),
            AdagradOptions.defaults(),
            AdamOptions.defaults(),
            AdamWOptions.defaults(),
            AdamaxOptions.defaults(),
            AsgdOptions.defaults(),
            CyclicLrOptions.defaults(),
            LbfgsOptions.defaults(),
            MuonOptions.defaults(),
            NAdamOptions.defaults(),
            OneCycleLrOptions.defaults(),
            RAdamOptions.defaults(),
            ReduceLrOnPlateauOptions.defaults(),
            RmsPropOptions.defaults(),
            RpropOptions.defaults(),
            SgdOptions.defaults());

    @TestFactory
    Stream<DynamicTest> noOptionIsNaN() {
        return ALL_OPTIONS.stream()
                .flatMap(options -> Arrays.stream(options.getClass().getMethods())
                        .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {double.class})
                                && method.getName().startsWith("with"))
                        .map(method -> dynamicTest(
                                options.getClass().getSimpleName() + "." + method.getName(),
                                () -> assertThatThrownBy(() -> method.invoke(options, Double.NaN))
                                        .cause()
                                        .isInstanceOf(IllegalArgumentException.class)
                                        .satisfies(
                                                e -> assertThat(e.getMessage()).matches(FORM)))));
    }
}
