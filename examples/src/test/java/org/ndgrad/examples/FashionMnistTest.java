package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ndgrad.autograd.Rng;
import org.ndgrad.nn.data.TensorDataset;

class FashionMnistTest {

    private static final byte[] IMAGES =
            Bytes.concat(HexFormat.of().parseHex("00000803000000020000001c0000001c"), new byte[2 * 28 * 28]);
    private static final byte[] LABELS = HexFormat.of().parseHex("00000801000000020905");

    @TempDir
    private Path folder;

    @Test
    void dataAreTenThousandPicturesEach() {
        FashionMnist.Data data = FashionMnist.data();

        for (TensorDataset part : new TensorDataset[] {data.train(), data.test()}) {
            assertThat(part.features().shape()).containsExactly(10_000, 1, 28, 28);
            assertThat(part.features().min().item()).isZero();
            assertThat(part.features().max().item()).isEqualTo(1);
        }
        assertThat(data.train().targets().slice(0, 0, 5).toLongArray()).containsExactly(9, 0, 0, 3, 0);
        assertThat(data.test().targets().bincount().toLongArray()).containsOnly(1000);
    }

    @Test
    void oneEpochOfAFewPicturesLearnsSomething() {
        FashionMnist.Data all = FashionMnist.data();
        FashionMnist.Data few = new FashionMnist.Data(first(all.train(), 1000), first(all.test(), 200));
        Rng.manualSeed(0);

        FashionMnist.Run mlp = FashionMnist.train("MLP", FashionMnist.mlp(), few, 2);
        FashionMnist.Run cnn = FashionMnist.train("CNN", FashionMnist.cnn(), few, 1);

        assertThat(mlp.accuracy()).isGreaterThan(0.4);
        assertThat(cnn.accuracy()).isGreaterThan(0.4);
        FashionMnist.draw(mlp, cnn, few.test(), folder);
        ProgramOutput.assertPictures(folder, "learning.png", "predictions.png", "augmented.png");
    }

    private static TensorDataset first(TensorDataset data, long count) {
        return new TensorDataset(
                data.features().slice(0, 0, count), data.targets().slice(0, 0, count));
    }

    @Test
    void filesOfAFolderMayBeUnpackedAndRenamed() throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte"), IMAGES);
        Path labels = folder.resolve("train-labels-idx1-ubyte.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(labels))) {
            out.write(LABELS);
        }
        Files.write(folder.resolve("t10k-images.idx3-ubyte"), IMAGES);
        Files.write(folder.resolve("t10k-labels.idx1-ubyte"), LABELS);

        FashionMnist.Data data = FashionMnist.data(folder);

        assertThat(data.train().features().shape()).containsExactly(2, 1, 28, 28);
        assertThat(data.test().targets().toLongArray()).containsExactly(9, 5);
    }

    @Test
    void missingFileIsNamedWithItsFolder() throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte"), IMAGES);

        assertThatThrownBy(() -> FashionMnist.data(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a folder with the files train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz,"
                        + " t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz, or these unpacked; got " + folder
                        + ", without train-labels-idx1-ubyte.gz. Check the path, or download the file.");
    }

    @Test
    void otherPicturesAreRefused() throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte"), LABELS);
        Files.write(folder.resolve("train-labels-idx1-ubyte"), LABELS);

        assertThatThrownBy(() -> FashionMnist.data(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected pictures [N, 28, 28] and as many labels [N]; got [2] and [2]. Use the files of"
                        + " Fashion-MNIST or MNIST.");
    }
}
