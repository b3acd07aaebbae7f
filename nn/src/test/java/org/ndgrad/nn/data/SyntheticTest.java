package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

class SyntheticTest {

    private static final double[] ORIGIN = {0, 0};
    private static final double[] FIVE = {5, 5};

    private static Tensor ofClass(TensorDataset data, int label) {
        long[] labels = data.targets().toLongArray();
        long[] rows = LongStream.range(0, labels.length)
                .filter(i -> labels[(int) i] == label)
                .toArray();
        return data.features().indexSelect(0, Tensor.of(rows)).to(DataType.DOUBLE);
    }

    @Test
    void aSeedRepeatsTheData() {
        List<Function<Rng, TensorDataset>> sets = List.of(
                random -> Synthetic.blobs(random, 5, 1, ORIGIN, FIVE),
                random -> Synthetic.gaussianPair(random, 5, 0.75, ORIGIN, FIVE),
                random -> Synthetic.xor(random, 10),
                random -> Synthetic.moons(random, 5, 0.1),
                random -> Synthetic.circles(random, 5, 0.1, 0.5),
                random -> Synthetic.spirals(random, 5, 0.1, 2));
        for (Function<Rng, TensorDataset> set : sets) {
            TensorDataset data = set.apply(new Rng(0));

            assertThat(data.features().shape()).containsExactly(10, 2);
            assertThat(data.targets().shape()).containsExactly(10);
            assertThat(data.targets().dtype()).isEqualTo(DataType.INT64);
            double[] first = data.features().toDoubleArray();
            assertThat(set.apply(new Rng(0)).features().toDoubleArray()).containsExactly(first);
            assertThat(set.apply(new Rng(1)).features().toDoubleArray()).isNotEqualTo(first);
        }
    }

    @Test
    void blobsLieAroundTheirCenters() {
        TensorDataset blobs = Synthetic.blobs(new Rng(0), 1000, 0.5, ORIGIN, FIVE, new double[] {-5, 0});

        assertThat(ofClass(blobs, 1).mean(0).toDoubleArray()).containsExactly(new double[] {5, 5}, within(0.1));
        assertThat(ofClass(blobs, 2).std(0).toDoubleArray()).containsExactly(new double[] {0.5, 0.5}, within(0.05));
    }

    @Test
    void gaussianPairIsCorrelated() {
        Tensor positive = ofClass(Synthetic.gaussianPair(new Rng(0), 5000, 0.75, ORIGIN, FIVE), 1);

        Tensor centered = positive.sub(Tensor.of(DataType.DOUBLE, FIVE));
        assertThat(centered.select(1, 0).mul(centered.select(1, 1)).mean().item())
                .isEqualTo(0.75, within(0.05));
        assertThat(centered.square().mean(0).toDoubleArray()).containsExactly(new double[] {1, 1}, within(0.1));
    }

    @Test
    void xorLabelsFollowTheSigns() {
        TensorDataset xor = Synthetic.xor(new Rng(0), 100);
        double[] x = xor.features().toDoubleArray();
        long[] labels = xor.targets().toLongArray();

        for (int i = 0; i < labels.length; i++) {
            assertThat(labels[i]).isEqualTo(x[2 * i] * x[2 * i + 1] < 0 ? 1 : 0);
        }
    }

    @Test
    void circlesAndMoonsLieOnTheirCurves() {
        TensorDataset circles = Synthetic.circles(new Rng(0), 50, 0, 0.5);
        assertThat(DoubleStream.of(ofClass(circles, 0).norm(2, 1).toDoubleArray()))
                .allMatch(radius -> Math.abs(radius - 1) < 1e-6);
        assertThat(DoubleStream.of(ofClass(circles, 1).norm(2, 1).toDoubleArray()))
                .allMatch(radius -> Math.abs(radius - 0.5) < 1e-6);

        TensorDataset moons = Synthetic.moons(new Rng(0), 50, 0);
        Tensor lower = ofClass(moons, 1).sub(Tensor.of(DataType.DOUBLE, 1, 0.5));
        assertThat(DoubleStream.of(ofClass(moons, 0).norm(2, 1).toDoubleArray()))
                .allMatch(radius -> Math.abs(radius - 1) < 1e-6);
        assertThat(DoubleStream.of(lower.norm(2, 1).toDoubleArray())).allMatch(radius -> Math.abs(radius - 1) < 1e-6);
    }

    @Test
    void spiralsWindOnceAroundTheOrigin() {
        TensorDataset spirals = Synthetic.spirals(new Rng(0), 50, 0, 3);

        for (int label = 0; label < 3; label++) {
            double[] points = ofClass(spirals, label).toDoubleArray();
            for (int i = 0; i < points.length; i += 2) {
                double radius = Math.hypot(points[i], points[i + 1]);
                double angle = 2 * Math.PI * (radius + label / 3.0);
                assertThat(points[i]).isEqualTo(radius * Math.cos(angle), within(1e-6));
                assertThat(points[i + 1]).isEqualTo(radius * Math.sin(angle), within(1e-6));
            }
        }
        assertThat(spirals.targets().bincount().toLongArray()).containsExactly(50, 50, 50);
    }

    @Test
    void sineTargetsAreTheSine() {
        TensorDataset sine = Synthetic.sine(new Rng(0), 200, 0);

        assertThat(sine.features().shape()).containsExactly(200, 1);
        assertThat(sine.features().abs().max().item()).isLessThanOrEqualTo(Math.PI + 1e-6);
        assertThat(sine.features().sin().sub(sine.targets()).abs().max().item()).isLessThan(1e-6);
        assertThat(Synthetic.sine(new Rng(0), 2000, 0.1)
                        .targets()
                        .sub(Synthetic.sine(new Rng(0), 2000, 0.1).features().sin())
                        .std()
                        .item())
                .isEqualTo(0.1, within(0.01));
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatThrownBy(() -> Synthetic.xor(new Rng(0), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("xor: expected at least one sample; got 0. Ask for more.");
        assertThatThrownBy(() -> Synthetic.gaussianPair(new Rng(0), 5, 2, ORIGIN, FIVE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gaussianPair: expected a correlation in [-1, 1]; got 2.0. Choose one between.");
        assertThatThrownBy(() -> Synthetic.circles(new Rng(0), 5, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("circles: expected a factor in (0, 1); got 1.0. Choose one between.");
        assertThatThrownBy(() -> Synthetic.spirals(new Rng(0), 5, 0, 0))
                .hasMessage("spirals: expected at least one class; got 0. Two are usual.");
        assertThatThrownBy(() -> Synthetic.blobs(new Rng(0), 5, 1, ORIGIN, new double[] {1, 2, 3}))
                .hasMessage(
                        "blobs: expected centers of as many coordinates; got 2 and 3. Give each one for every feature.");
        List<ThrowingCallable> noisy = List.of(
                () -> Synthetic.blobs(new Rng(0), 5, -1, ORIGIN),
                () -> Synthetic.moons(new Rng(0), 5, -0.1),
                () -> Synthetic.circles(new Rng(0), 5, Double.NaN, 0.5),
                () -> Synthetic.spirals(new Rng(0), 5, Double.POSITIVE_INFINITY, 2),
                () -> Synthetic.sine(new Rng(0), 5, -1));
        for (ThrowingCallable call : noisy) {
            assertThatThrownBy(call)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(": expected a finite standard deviation of at least 0; got ");
        }
    }
}
