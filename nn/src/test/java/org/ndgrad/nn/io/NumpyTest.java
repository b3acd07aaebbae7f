package org.ndgrad.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.conformance.Runner;

/** Files are NumPy's own, by make_npy.py, or written here byte by byte. */
class NumpyTest {

    private static final Path SAMPLES = Runner.own("npy");

    @TempDir
    Path folder;

    /** C order, Fortran order compressed, and big-endian. */
    @ParameterizedTest
    @ValueSource(strings = {"stored", "fortran", "big"})
    void arraysOfAllTypesOrdersAndBytesAreRead(String name) {
        Map<String, Tensor> arrays = Numpy.loadz(SAMPLES.resolve(name + ".npz"));

        assertThat(arrays.keySet())
                .containsExactly(
                        "bool", "uint8", "int8", "int16", "uint16", "float16", "int32", "uint32", "float32", "float64",
                        "int64", "uint64");
        arrays.forEach((type, x) -> {
            double last = switch (type) {
                case "uint8" -> 255;
                case "uint16" -> 65_535;
                case "uint32" -> 4_294_967_295.0;
                default -> 5;
            };
            assertThat(x.shape()).containsExactly(2, 3);
            assertThat(x.toDoubleArray())
                    .as(type)
                    .containsExactly(
                            type.equals("bool") ? new double[] {0, 1, 1, 1, 1, 1} : new double[] {0, 1, 2, 3, 4, last});
        });
        assertThat(arrays.get("uint16").dtype()).isEqualTo(DataType.INT32);
        assertThat(arrays.get("uint64").dtype()).isEqualTo(DataType.INT64);
        assertThat(arrays.get("float16").dtype()).isEqualTo(DataType.FLOAT16);
    }

    @Test
    void arraysOfAllShapesAreRead() {
        Map<String, Tensor> arrays = Numpy.loadz(SAMPLES.resolve("shapes.npz"));

        assertThat(arrays).containsOnlyKeys("scalar", "empty", "block/0.weight", "fortran", "é");
        assertThat(arrays.get("scalar").item()).isEqualTo(2.5);
        assertThat(arrays.get("empty").shape()).containsExactly(0, 4);
        assertThat(arrays.get("fortran").shape()).containsExactly(2, 3, 4);
        assertThat(arrays.get("fortran").toDoubleArray())
                .isEqualTo(Tensor.arange(24).toDoubleArray());
        assertThat(Numpy.loadz(SAMPLES.resolve("none.npz"))).isEmpty();
    }

    /** Keys in another order, other quotes and spaces, a number of Python 2, and what only long headers need. */
    @ParameterizedTest
    @ValueSource(strings = {"matrix", "keys", "version2", "version3"})
    void headersOfAllFormsAreRead(String name) {
        Tensor x = Numpy.load(SAMPLES.resolve(name + ".npy"));

        assertThat(x.dtype()).isEqualTo(DataType.DOUBLE);
        assertThat(x.shape()).containsExactly(2, 3);
        assertThat(x.toDoubleArray()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void whatIsWrittenIsByteForByteWhatNumPyWrites() {
        Map<String, Tensor> arrays = ImmutableMap.of(
                "matrix",
                Tensor.of(new double[][] {{0, 3}, {1, 4}, {2, 5}}).t().to(DataType.DOUBLE),
                "row",
                Tensor.arange(300).to(DataType.FLOAT),
                "scalar",
                Tensor.arange(8).get(7));
        arrays.forEach((name, x) -> {
            Numpy.save(folder.resolve(name), x);
            assertThat(folder.resolve(name)).hasSameBinaryContentAs(SAMPLES.resolve(name + ".npy"));
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "HALF", "BYTE", "SHORT", "INT", "LONG", "UBYTE", "BOOL"})
    void whatIsWrittenIsReadBack(DataType dtype) {
        Tensor many = Tensor.arange(200_003).remainder(101).to(dtype);
        Map<String, Tensor> arrays = ImmutableMap.of(
                "scalar", many.get(7),
                "transposed", many.slice(0, 0, 6).reshape(2, 3).t(),
                "every.other", many.slice(0, 1, 100_000, 2),
                "many", many,
                "none", many.slice(0, 0, 0).reshape(0, 4));
        Path stored = folder.resolve("stored.npz");
        Path compressed = folder.resolve("compressed.npz");

        Numpy.savez(stored, arrays);
        Numpy.savezCompressed(compressed, arrays);

        for (Path file : new Path[] {stored, compressed}) {
            Map<String, Tensor> read = Numpy.loadz(file);
            assertThat(read.keySet()).containsExactlyElementsOf(arrays.keySet());
            arrays.forEach((name, x) -> {
                assertThat(read.get(name).dtype()).isEqualTo(dtype);
                assertThat(read.get(name).shape()).isEqualTo(x.shape());
                assertThat(read.get(name).toDoubleArray()).as(name).isEqualTo(x.toDoubleArray());
            });
        }
    }

    @Test
    void equalArraysAreEqualFiles() throws IOException {
        Numpy.savez(folder.resolve("a"), Map.of("x", Tensor.of(1.0)));
        Numpy.savez(folder.resolve("b"), Map.of("x", Tensor.of(1.0)));

        assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
    }

    @ParameterizedTest
    @CsvSource({
        "object, Python objects",
        "text, texts: save numbers",
        "bytes, texts: save numbers",
        "complex, complex numbers: save x.real and x.imag",
        "dates, dates: save x.astype",
        "fields, save each field on its own",
        "extended, floating numbers of another size: save x.astype",
        "void, as of bfloat16",
    })
    void whatIsNoNumberIsRefusedWithAWayOut(String name, String advice) {
        assertThatThrownBy(() -> Numpy.load(SAMPLES.resolve("refused_" + name + ".npy")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Numpy: file ")
                .hasMessageContaining("expected elements ")
                .hasMessageContaining(advice)
                .hasMessageEndingWith(". Read .npz files by Numpy.loadz, .npy files by Numpy.load; save others anew.");
    }

    private static byte[] npy(String header, int bytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1));
        all.write(header.length());
        all.write(header.length() >> 8);
        all.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(new byte[bytes]);
        return all.toByteArray();
    }

    private void assertRefused(byte[] npy, String message) throws IOException {
        Path file = Files.write(folder.resolve("bad.npy"), npy);
        assertThatThrownBy(() -> Numpy.load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-2, 3)}; whole numbers from 0 on; got [-2, 3]",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4)}; expected a header with descr",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4.0,)}; with ')' at character",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}; a whole number below 2^63",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)}; fewer than 2^63 bytes",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 9223372036854775807, 2)}; fewer than 2^63 bytes",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (5,)}; to have 20 bytes; got 16 bytes",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}; to have 12 bytes; got 16 bytes",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': (4,)}; expected a header with descr",
                "{'descr': '<f4', 'fortran_order': False}; expected a header with descr",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4,), 'x': 1}; and nothing else",
                "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (4,)}; keys that differ",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4,)} 1; nothing after the dict",
                "{'descr': '<f4', 'fortran_order': __import__('os'), 'shape': (4,)}; True, False, a text",
                "{'descr': '<f4\\x00', 'fortran_order': False, 'shape': (4,)}; without backslashes",
                "{'descr': [[[[[[[[[[[; at most 8 deep",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4,; more text",
                "[]; a header that is a dict",
            })
    void headersThatSayWhatCannotBeAreRefused(String header, String message) throws IOException {
        assertRefused(npy(header, 16), message);
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        assertRefused(new byte[0], "which begins with \\x93NUMPY; got nothing");
        assertRefused("hello world".getBytes(StandardCharsets.UTF_8), "got hello");
        assertRefused("\u0093NUMPY\4\0".getBytes(StandardCharsets.ISO_8859_1), "version 1, 2 or 3");
        assertRefused("\u0093NUMPY\2\0\u00ff\u00ff\u00ff\u00ff".getBytes(StandardCharsets.ISO_8859_1), "10000 bytes");
        assertThatThrownBy(() -> Numpy.load(SAMPLES.resolve("stored.npz")))
                .hasMessageContaining("Read .npz files by Numpy.loadz, .npy files by Numpy.load");
        assertThatThrownBy(() -> Numpy.loadz(SAMPLES.resolve("matrix.npy")))
                .hasMessageContaining("Read .npz files by Numpy.loadz, .npy files by Numpy.load");
        assertThatThrownBy(() -> Numpy.load(folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("got a directory. Name a file in it.");
        assertThatThrownBy(() -> Numpy.loadz(Path.of("none.npz")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Numpy: expected a file none.npz; got none.");
    }

    private Path zip(BiConsumer<ZipOutputStream, byte[]> entries) throws IOException {
        Path file = folder.resolve("bad.npz");
        byte[] npy = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4,)}", 16);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            entries.accept(zip, npy);
        }
        return file;
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) {
        try {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.npy", "/x.npy", "a/../../x.npy", "a\\x.npy", "x\n.npy", "x.txt", "."})
    void namesThatAreNoneAreRefused(String name) throws IOException {
        Path file = zip((zip, npy) -> put(zip, name, npy));

        assertThatThrownBy(() -> Numpy.loadz(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected ")
                .hasMessageContaining(name.replace("\n", "\\u000a"));
    }

    @Test
    void bombsAreRefused() throws IOException {
        byte[] noise = new byte[300_000];
        new Random(0).nextBytes(noise);
        byte[] packed = Zips.of(ZipEntry.DEFLATED, Map.of("x.npy", noise));
        Path large = Files.write(folder.resolve("large.npz"), Zips.lying(packed, Zips.SIZE, 4, 300_000_000));
        assertThatThrownBy(() -> Numpy.loadz(large)).hasMessageContaining("at most 100 times as large as the file");
        Files.write(large, Zips.lying(packed, Zips.SIZE, 4, 400_000_000));
        assertThatThrownBy(() -> Numpy.loadz(large))
                .hasMessageContaining("to have a size that can be; got 400000000 bytes");

        Path longer = zip((zip, npy) -> {
            put(zip, "x.npy", npy);
            put(zip, "y.npy", npy);
        });
        byte[] bytes = Files.readAllBytes(longer);
        Files.write(longer, Zips.lying(bytes, Zips.SIZE, 4, 15 + 65));
        assertThatThrownBy(() -> Numpy.loadz(longer)).hasMessageContaining("to have 16 bytes; got 15 bytes");
    }

    @Test
    void damageIsFound() throws IOException {
        byte[] good = Files.readAllBytes(SAMPLES.resolve("stored.npz"));
        String text = new String(good, StandardCharsets.ISO_8859_1);
        good[text.indexOf("\n", text.indexOf("descr")) + 1] ^= 1;
        Path file = Files.write(folder.resolve("damaged.npz"), good);

        assertThatThrownBy(() -> Numpy.loadz(file)).hasMessageContaining("to have its checksum; got another");
    }

    @Test
    void whatNumPyLacksIsNotWritten() {
        Path file = folder.resolve("x");
        assertThatThrownBy(() -> Numpy.save(file, Tensor.of(1.0).to(DataType.BFLOAT16)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Numpy: expected tensors of types that NumPy has; got the tensor of bfloat16. Convert it with"
                                + " to(DataType.FLOAT), or write it by Safetensors.");
        assertThatThrownBy(() -> Numpy.savez(file, Map.of("../x", Tensor.of(1.0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("got ../x.npy. Rename that tensor.");
        assertThat(folder).isEmptyDirectory();
    }
}
