package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

class IdxTest {

    private static final byte[] IMAGE = bytes("0000 0803 00000002 00000001 00000002 00 7f 80 ff");

    @TempDir
    private Path folder;

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static byte[] zipped(byte... bytes) throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    private static Tensor read(byte... bytes) {
        return Idx.read(new ByteArrayInputStream(bytes), "x.idx");
    }

    private static void assertRefused(String message, byte... bytes) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Idx: expected x.idx to " + message);
    }

    @ParameterizedTest
    @CsvSource({
        "08, UBYTE, 00 01 80 ff, 0 1 128 255",
        "09, BYTE, 00 7f 80 ff, 0 127 -128 -1",
        "0b, SHORT, 0001 0100 8000 ffff, 1 256 -32768 -1",
        "0c, INT, 00000001 01000000 80000000 ffffffff, 1 16777216 -2147483648 -1",
        "0d, FLOAT, 3f800000 c0200000 7f800000 00000001, 1 -2.5 Infinity 1.401298464324817E-45",
        "0e, DOUBLE, 3ff0000000000000 bfb999999999999a fff0000000000000 0000000000000001, 1 -0.1 -Infinity 4.9E-324",
    })
    void readsElementsOfEveryType(String type, DataType dtype, String elements, String expected) {
        Tensor x = read(bytes("0000" + type + "02 00000002 00000002" + elements));

        assertThat(x.dtype()).isEqualTo(dtype);
        assertThat(x.shape()).containsExactly(2, 2);
        assertThat(x.toDoubleArray())
                .containsExactly(Arrays.stream(expected.split(" ", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray());
    }

    @Test
    void readsFilesAndStreamsCompressedOrNot() throws IOException {
        Path plain = Files.write(folder.resolve("images.gz"), IMAGE); // the name does not matter
        Path zipped = Files.write(folder.resolve("images"), zipped(IMAGE));

        for (Tensor x : new Tensor[] {Idx.read(plain), Idx.read(zipped), read(zipped(IMAGE))}) {
            assertThat(x.shape()).containsExactly(2, 1, 2);
            assertThat(x.toLongArray()).containsExactly(0, 127, 128, 255);
        }
    }

    @Test
    void readsResources() {
        assertThat(Idx.readResource(IdxTest.class, "small.idx").toLongArray()).containsExactly(3, 1, 4);
    }

    @Test
    void readsMoreThanOneBlockOfElements() {
        byte[] elements = new byte[70_000];
        elements[65_535] = 1;
        elements[65_536] = 2;
        elements[69_999] = 3;

        double[] x = read(Bytes.concat(bytes("0000 0801 00011170"), elements)).toDoubleArray();

        assertThat(x).hasSize(70_000);
        assertThat(Arrays.stream(x).sum()).isEqualTo(6);
        assertThat(x[65_535] + 10 * x[65_536] + 100 * x[69_999]).isEqualTo(321);
    }

    @Test
    void readsScalarsAndEmptyTensors() {
        assertThat(read(bytes("0000 0900 ff")).item()).isEqualTo(-1);
        assertThat(read(bytes("0000 0802 00000000 0000001c")).shape()).containsExactly(0, 28);
    }

    @Test
    void truncatedFilesSayWhatIsMissing() throws IOException {
        String advice = ". Is it whole? Compare its size with the original's.";
        assertRefused("hold 4 bytes, two of them 0, then a type and a number of dims; got 0 bytes" + advice, bytes(""));
        assertRefused("hold the sizes of 3 dims, 4 bytes each; got 5 bytes" + advice, Arrays.copyOf(IMAGE, 9));
        assertRefused(
                "hold 4 bytes of elements of shape (2, 1, 2) and type uint8; got 3 bytes" + advice,
                Arrays.copyOf(IMAGE, 19));
        assertRefused(
                "hold 400000000 bytes of elements of shape (100000000) and type float32; got 1 bytes" + advice,
                bytes("0000 0d01 05f5e100 00"));
        byte[] zipped = zipped(IMAGE);
        assertRefused(
                "hold 4 bytes of elements of shape (2, 1, 2) and type uint8; got the end of the compressed data"
                        + advice,
                Arrays.copyOf(zipped, zipped.length - 10));
    }

    @Test
    void longerFilesAreRefused() {
        assertRefused(
                "end behind elements of shape (2, 1, 2) and type uint8; got more bytes. Its header does not fit it: get"
                        + " it anew, or correct the sizes.",
                Bytes.concat(IMAGE, bytes("00")));
    }

    @Test
    void otherFormatsAreShown() {
        String advice = ", the beginning of another format. Pass the IDX file itself, as it is or compressed by gzip.";
        String expected = "begin with two bytes 0 and a type, 08, 09 or 0b to 0e; got ";
        assertRefused(expected + "89 50 4e 47" + advice, bytes("89504e47 0d0a1a0a"));
        assertRefused(expected + "50 4b 03 04" + advice, bytes("504b0304 1400"));
        assertRefused(expected + "3c 68 74 6d" + advice, "<html>".getBytes(StandardCharsets.UTF_8));
        assertRefused(expected + "00 00 0a 01" + advice, bytes("0000 0a01 00000001 00"));
        assertRefused(expected + "00 01 08 01" + advice, bytes("0001 0801 00000001 00"));
    }

    @Test
    void largerFilesThanAnArrayAreRefused() {
        for (String sizes : new String[] {"0e01 10000000", "0803 ffffffff ffffffff ffffffff"}) {
            assertThatThrownBy(() -> read(bytes("0000" + sizes)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "Idx: expected x.idx to hold less than 2 GiB of elements; got elements of shape")
                    .hasMessageEndingWith(". Is it an IDX file? If so, divide it along its first dim.");
        }
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        Path missing = folder.resolve("nowhere.gz");
        byte[] broken = zipped(IMAGE);
        Arrays.fill(broken, 10, 20, (byte) 0xff);

        assertThatThrownBy(() -> Idx.read(missing))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Idx: expected a file " + missing + "; got none. It would be " + missing.toAbsolutePath()
                        + ": check the path and the working directory.");
        assertThatThrownBy(() -> Idx.readResource(IdxTest.class, "nowhere.idx"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Idx: expected a resource nowhere.idx beside class org.ndgrad.nn.data.IdxTest; got none."
                        + " Is it packed into the jar?");
        assertThatThrownBy(() -> Idx.read(folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Idx: expected " + folder + " to be readable; got ");
        assertThatThrownBy(() -> read(broken))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Idx: expected x.idx to be readable; got java.util.zip.ZipException")
                .hasMessageEndingWith(" Is it whole? Compare its size with the original's.");
    }
}
