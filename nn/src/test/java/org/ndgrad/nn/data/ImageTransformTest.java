package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

class ImageTransformTest {

    /** Two channels of 3 × 4 pixels. */
    private static final Tensor IMAGE = Tensor.arange(DataType.FLOAT, 24).reshape(2, 3, 4);

    private static void assertEqual(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).containsExactly(expected.shape());
        assertThat(actual.dtype()).isEqualTo(expected.dtype());
        assertThat(actual.toDoubleArray()).containsExactly(expected.toDoubleArray(), within(1e-5));
    }

    @Test
    void flipsExchangeSides() {
        assertEqual(new RandomHorizontalFlip(1).apply(IMAGE, new Rng(0)), IMAGE.flip(2));
        assertEqual(new RandomVerticalFlip(1).apply(IMAGE, new Rng(0)), IMAGE.flip(1));
        assertEqual(new RandomVerticalFlip(0).apply(IMAGE, new Rng(0)), IMAGE);
        Tensor bytes = IMAGE.to(DataType.UINT8);
        assertEqual(new RandomHorizontalFlip(1).apply(bytes, new Rng(0)), bytes.flip(2));
    }

    @Test
    void eachImageOfABatchIsChangedByItself() {
        Tensor images = IMAGE.unsqueeze(0).expand(400, 2, 3, 4);

        Tensor flipped = new RandomHorizontalFlip(0.25).apply(images, new Rng(0));

        double[] corners = flipped.select(3, 0).select(2, 0).select(1, 0).toDoubleArray();
        assertThat(DoubleStream.of(corners).filter(corner -> corner == 3).count())
                .isBetween(70L, 130L);
        assertThat(corners).containsOnly(0, 3);
        assertThat(new RandomHorizontalFlip(1)
                        .apply(Tensor.zeros(0, 1, 2, 2), new Rng(0))
                        .shape())
                .containsExactly(0, 1, 2, 2);
    }

    @Test
    void cropsAreAllPartsOfTheImageWithItsMargin() {
        RandomCrop crop = new RandomCrop(3, 4, 1);
        Tensor padded = IMAGE.pad(1, 1, 1, 1);
        Rng rng = new Rng(0);

        List<String> seen = IntStream.range(0, 200)
                .mapToObj(i -> Arrays.toString(crop.apply(IMAGE, rng).toDoubleArray()))
                .distinct()
                .toList();

        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 9)
                        .mapToObj(i -> padded.slice(1, i / 3, i / 3 + 3).slice(2, i % 3, i % 3 + 4))
                        .map(part -> Arrays.toString(part.toDoubleArray()))
                        .toList());
        assertThatThrownBy(() -> new RandomCrop(6, 4, 1).apply(IMAGE, rng))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("RandomCrop: expected images of at least (6, 4), margin included; got (2, 5, 6)."
                        + " Crop less, or pad more.");
    }

    @Test
    void rotatesCounterclockwise() {
        Tensor square = Tensor.arange(DataType.FLOAT, 25).reshape(1, 5, 5);

        assertEqual(RandomRotation.rotated(square, 90), square.transpose(1, 2).flip(1));
        assertEqual(RandomRotation.rotated(IMAGE, 180), IMAGE.flip(1, 2));
        assertEqual(RandomRotation.rotated(IMAGE, 0), IMAGE);
    }

    /** A wide image keeps its proportions: a quarter turn has columns where rows were, and zeros beyond. */
    @Test
    void rotatesWithoutDistortion() {
        Tensor wide = Tensor.arange(DataType.FLOAT, 15).reshape(1, 3, 5);

        Tensor turned = RandomRotation.rotated(wide, 90);

        assertThat(turned.select(1, 1).toDoubleArray()).containsExactly(new double[] {0, 2, 7, 12, 0}, within(1e-5));
        assertThat(turned.select(1, 0).toDoubleArray()).containsExactly(new double[] {0, 3, 8, 13, 0}, within(1e-5));
    }

    @Test
    void anglesAreUpToTheLargest() {
        Tensor dot = Tensor.zeros(DataType.FLOAT, 1, 21, 21);
        dot.select(2, 20).select(1, 10).fill_(1);
        Rng rng = new Rng(3);

        for (int i = 0; i < 20; i++) {
            Tensor rows = new RandomRotation(20).apply(dot, rng).sum(2).squeeze(0);
            assertThat(rows.slice(0, 0, 6).sum().item()
                            + rows.slice(0, 15, 21).sum().item())
                    .isZero();
        }
    }

    @Test
    void noiseHasItsDeviation() {
        Tensor noise = new GaussianNoise(0.5).apply(Tensor.zeros(1, 100, 100), new Rng(0));

        assertThat(noise.square().mean().sqrt().item()).isCloseTo(0.5, within(0.02));
        assertThat(noise.mean().item()).isCloseTo(0, within(0.02));
    }

    @Test
    void normalizesEachChannel() {
        Tensor y = new Normalize(List.of(1.0, 14.0), List.of(2.0, 4.0)).apply(IMAGE, new Rng(0));

        assertThat(y.select(0, 0).select(0, 0).toDoubleArray()).containsExactly(-0.5, 0, 0.5, 1);
        assertThat(y.select(0, 1).select(0, 0).toDoubleArray()).containsExactly(-0.5, -0.25, 0, 0.25);
        assertThatThrownBy(() -> new Normalize(0, 1).apply(IMAGE, new Rng(0)))
                .hasMessage("Normalize: expected images of 1 channels, for as many means; got (2, 3, 4)."
                        + " Give one for each channel.");
    }

    @Test
    void theSameNumbersWithWorkersAndAfterAnInterruption() {
        ImageTransform augment = ImageTransform.compose(
                new RandomHorizontalFlip(0.5), new RandomCrop(3, 4, 1), new RandomRotation(10), new GaussianNoise(0.1));
        Dataset<Batch> data = new TensorDataset(Tensor.rand(DataType.FLOAT, new Rng(0), 10, 1, 3, 4), Tensor.arange(10))
                .map(augment.onFeatures(), 7);
        DataLoader<Batch> plain = new DataLoader<>(data, 3);
        DataLoader<Batch> fast =
                new DataLoader<>(data, 3, DataLoaderOptions.defaults().withWorkers(2));
        List<String> first = numbers(plain);
        List<String> second = numbers(plain);

        assertThat(numbers(fast)).isEqualTo(first).isNotEqualTo(second);
        assertThat(numbers(fast)).isEqualTo(second);
    }

    private static List<String> numbers(DataLoader<Batch> loader) {
        List<String> numbers = new ArrayList<>();
        loader.forEach(batch -> numbers.add(Arrays.toString(batch.features().toDoubleArray())));
        return numbers;
    }

    static Stream<ImageTransform> transforms() {
        return Stream.of(
                new RandomHorizontalFlip(0.5),
                new RandomVerticalFlip(0.5),
                new RandomCrop(1, 1, 0),
                new RandomRotation(9),
                new GaussianNoise(1),
                new Normalize(0, 1));
    }

    @ParameterizedTest
    @MethodSource("transforms")
    void whatIsNoImageIsRefused(ImageTransform transform) {
        String name = transform.getClass().getSimpleName();

        assertThatThrownBy(() -> transform.apply(Tensor.zeros(28, 28), new Rng(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(name + ": expected images (C, H, W) or (N, C, H, W); got (28, 28)."
                        + " Add the dimensions with unsqueeze.");
    }

    @Test
    void bytesAreRefusedWhereFractionsAreMade() {
        assertThatThrownBy(() -> new RandomRotation(1).apply(Tensor.zeros(DataType.UINT8, 1, 2, 2), new Rng(0)))
                .hasMessage("RandomRotation: expected images of a floating type; got uint8."
                        + " Convert them, x.to(DataType.FLOAT).div(255).");
    }

    @Test
    void settingsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> new RandomHorizontalFlip(1.5))
                .hasMessage("RandomHorizontalFlip: expected a probability in [0, 1]; got 1.5. Choose one between.");
        assertThatThrownBy(() -> new RandomVerticalFlip(Double.NaN)).hasMessageContaining("got NaN");
        assertThatThrownBy(() -> new RandomRotation(-1))
                .hasMessage("RandomRotation: expected degrees in [0, 180]; got -1.0. Choose an angle between.");
        assertThatThrownBy(() -> new RandomCrop(0, 1, 0)).hasMessageContaining("got 0, 1 and 0. Give sizes in pixels.");
        assertThatThrownBy(() -> new GaussianNoise(-0.1))
                .hasMessage("GaussianNoise: expected a finite sigma of at least 0; got -0.1. Choose another one.");
        assertThatThrownBy(() -> new Normalize(0, 0))
                .hasMessage("Normalize: expected as many finite means as finite stds above 0; got [0.0] and [0.0]."
                        + " Give one for each channel.");
    }
}
