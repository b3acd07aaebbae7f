package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.GradCheck;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

/** Likelihoods and divergences keep the digits of what is left where terms cancel. Expected: 60 decimal digits. */
class LikelihoodDigitsTest {

    @ParameterizedTest
    @CsvSource({
        "FLOAT, true, -0.6931471824645996, 1.0, 1.193147181512273, -0.5000000009523271",
        "FLOAT, false, 0.5, 1.0, 1.193147160559946, -0.9999999600000008",
        "FLOAT, true, -12.716897964477539, 3.0, 39.91477843697659, -2.999996999999086",
        "FLOAT, false, 3.000000106112566e-06, 3.0, 39.9047958753936, -996676.7057275652",
        "FLOAT, true, 6.906754970550537, 1000.0, 4.373316314395686, -0.999808289899998",
        "FLOAT, false, 999.0, 1000.0, 4.373316496269265, -0.001001000990980971",
        "FLOAT, true, 13.815510749816895, 1000000.0, 7.826693830590525, 0.1918526388308572",
        "FLOAT, false, 1000000.0, 1000000.0, 7.82669380218681, 9.999999999999901e-15",
        "FLOAT, true, 13.815520286560059, 1000000.0, 7.82674113512824, 9.728643107431072",
        "FLOAT, false, 1000010.0, 1000000.0, 7.826743801853579, 9.999900010999791e-06",
        "FLOAT, true, 16.523561477661133, 10000000.0, 945361.4898818309, 5000010.778923603",
        "FLOAT, false, 15000000.0, 10000000.0, 945357.8969047082, 0.3333333333333338",
        "DOUBLE, true, -0.6931471805599453, 1.0, 1.193147180559945, -0.5",
        "DOUBLE, false, 0.5, 1.0, 1.193147160559946, -0.9999999600000008",
        "DOUBLE, true, -12.716898269296165, 3.0, 39.91477935143155, -2.999997",
        "DOUBLE, false, 3e-06, 3.0, 39.90479598115353, -996676.7408637874",
        "DOUBLE, true, 6.906754778648554, 1000.0, 4.373316506279274, -0.9999999999996027",
        "DOUBLE, false, 999.0, 1000.0, 4.373316496269265, -0.001001000990980971",
        "DOUBLE, true, 13.815510557964274, 1000000.0, 7.82669381218681, -4.739031053709007e-10",
        "DOUBLE, false, 1000000.0, 1000000.0, 7.82669380218681, 9.999999999999901e-15",
        "DOUBLE, true, 13.815520557914274, 1000000.0, 7.826743811853476, 9.999999999698227",
        "DOUBLE, false, 1000010.0000000001, 1000000.0, 7.82674380185358, 9.999900011116204e-06",
        "DOUBLE, true, 16.523560759066484, 10000000.0, 945357.8969047148, 4999999.999999999",
        "DOUBLE, false, 15000000.0, 10000000.0, 945357.8969047082, 0.3333333333333338"
    })
    void poissonWithTheFactorialNearTheMostLikelyRate(
            DataType type, boolean logRates, double x, double t, double loss, double slope) {
        PoissonNllOptions options =
                PoissonNllOptions.defaults().withLogRates(logRates).withFull(true);
        Tensor rate = Tensor.of(type, x, x).requiresGrad(true);
        for (Reduction reduction : Reduction.values()) {
            rate.zeroGrad();
            Tensor actual = Losses.poissonNllLoss(rate, Tensor.of(type, t, t), options.withReduction(reduction));
            actual.sum().backward();

            double parts = reduction == Reduction.NONE || reduction == Reduction.SUM ? 1 : 2;
            double times = reduction == Reduction.MEAN ? 1 : 2 / (reduction == Reduction.BATCH_MEAN ? 2.0 : 1.0);
            double unit = type == DataType.FLOAT ? 0x1p-23 : 0x1p-50;
            double d = logRates ? x - Math.log(t) : Math.log(x / t); // of logarithms that are rounded to float64
            double ofLogarithm = t * Math.abs(d) * Math.ulp(Math.log(t));
            assertThat(actual.dtype()).isEqualTo(type);
            assertThat(actual.sum().item()).isCloseTo(times * loss, within(times * (unit * loss + 2 * ofLogarithm)));
            assertThat(rate.grad().get(0).item())
                    .isCloseTo(slope / parts, within(unit * Math.abs(slope) + 0x1p-47 * t));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT, -1.203962802886963, 0.30000001192092896, -2.988510881965117e-06, 0.9999900382974559",
        "FLOAT, -1.2049728631973267, 0.30000001192092896, 0.0003000295942680229, 1.00100009860782",
        "FLOAT, -46.05160140991211, 9.999999682655225e-21, -1.004817000935356e-24, 0.9998995182967177",
        "FLOAT, 0.0010000000474974513, 1.0, -0.001000000047497451, 0.9989999999525025",
        "FLOAT, -2.105360507965088, 0.8999999761581421, 1.799999921550962, 2.999999965816308",
        "FLOAT, -69.06755065917969, 1.0000000031710769e-30, -1.000212750232369e-32, 0.9899978725293939",
        "DOUBLE, -1.203962804325936, 0.3, -2.999999999992847e-06, 0.99999",
        "DOUBLE, -1.204972804325936, 0.3, 0.0002999999999999937, 1.001",
        "DOUBLE, -46.05160185988091, 1e-20, -1.000000000025857e-24, 0.9998999999999975",
        "DOUBLE, 0.001, 1.0, -0.001, 0.999",
        "DOUBLE, -2.1053605156578263, 0.9, 1.8, 3",
        "DOUBLE, -69.06755278982136, 1e-30, -1.00000000000074e-32, 0.9899999999999926"
    })
    void divergenceOfNearlyEqualDistributions(DataType type, double x, double t, double loss, double slope) {
        double unit = type == DataType.FLOAT ? 0x1p-23 : 0x1p-50;
        Tensor target = Tensor.of(type, new double[] {t}).requiresGrad(true);
        Tensor likely = Tensor.of(type, new double[] {x}).requiresGrad(true);
        Tensor actual = Losses.klDiv(likely, target, Reduction.SUM);
        actual.backward();

        double ofLogarithm = (type == DataType.FLOAT ? Math.ulp((float) x) : Math.ulp(x)) * t;
        assertThat(actual.item()).isCloseTo(loss, within(unit * Math.abs(loss) + ofLogarithm));
        assertThat(likely.grad().item()).isEqualTo(-target.item());
        assertThat(target.grad().item()).isCloseTo(slope, within(unit * (1 + Math.abs(x))));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void probabilitiesDoNotDivergeFromTheirLogarithms(DataType type) {
        Tensor t = Tensor.rand(type, new Rng(0), 1000);

        Tensor losses = Losses.klDiv(t.log(), t, Reduction.NONE);

        assertThat(losses.abs().max().item()).isZero();
    }

    static Stream<Boolean> logRates() {
        return Stream.of(true, false);
    }

    @ParameterizedTest
    @MethodSource("logRates")
    void derivativesMatchFiniteDifferences(boolean logRates) {
        Tensor x = Tensor.of(DataType.DOUBLE, 0.5, 1.25, 2, 0.75);
        Tensor t = Tensor.of(DataType.DOUBLE, 0.25, 3, 7, 1.5);
        PoissonNllOptions options = PoissonNllOptions.defaults()
                .withLogRates(logRates)
                .withFull(true)
                .withEpsilon(0.125);
        GradCheck.gradcheck(in -> Losses.poissonNllLoss(in.get(0), in.get(1), options), List.of(x, t));
        GradCheck.gradgradcheck(in -> Losses.poissonNllLoss(in.get(0), in.get(1), options), List.of(x, t));
        GradCheck.gradcheck(in -> Losses.klDiv(in.get(0), in.get(1)), List.of(x, t));
        GradCheck.gradgradcheck(in -> Losses.klDiv(in.get(0), in.get(1)), List.of(x, t));
    }
}
