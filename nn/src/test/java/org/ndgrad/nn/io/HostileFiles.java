package org.ndgrad.nn.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Bytes;
import com.google.common.primitives.Longs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;

/**
 * Makes files that lie, always the same ones: {@code bad…} are to be refused, {@code any…} are to be refused or read.
 * Run by itself, it writes them into a folder.
 */
final class HostileFiles {

    static final int FLIPS = 30;
    private static final String NPY = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n";

    private final Path folder;
    private final Random random = new Random(0);
    private int count;

    private HostileFiles(Path folder) {
        this.folder = folder;
    }

    /** Takes the folder. */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]));
    }

    static void write(Path folder) throws IOException {
        HostileFiles files = new HostileFiles(Files.createDirectories(folder));
        files.safetensors();
        files.checkpoints();
        files.npy();
        files.npz();
        new HostilePickles(files).write();
    }

    Random random() {
        return random;
    }

    void bad(String suffix, byte[] bytes) throws IOException {
        Files.write(folder.resolve("bad%03d.%s".formatted(count++, suffix)), bytes);
    }

    void any(String suffix, byte[] bytes) throws IOException {
        Files.write(folder.resolve("any%03d.%s".formatted(count++, suffix)), bytes);
    }

    /** Cuts a good file off at many places up to one, and changes single bits of it anywhere. */
    void damage(String suffix, byte[] good, int every) throws IOException {
        for (int length = 0; length < good.length; length += every) {
            bad(suffix, Arrays.copyOf(good, length));
        }
        bad(suffix, Arrays.copyOf(good, good.length - 1));
        for (int i = 0; i < FLIPS; i++) {
            byte[] flipped = good.clone();
            flipped[random.nextInt(good.length)] ^= (byte) (1 << random.nextInt(8));
            any(suffix, flipped);
        }
    }

    // Safetensors

    private static byte[] safetensors(String header, int data) {
        byte[] text = header.getBytes(UTF_8);
        byte[] length = Longs.toByteArray(Long.reverseBytes(text.length));
        return Bytes.concat(length, text, new byte[data]);
    }

    private static String tensor(String shape, String offsets) {
        return "{'x':{'dtype':'F32','shape':%s,'data_offsets':%s}}".formatted(shape, offsets);
    }

    private void safetensors() throws IOException {
        String two =
                "{'x':{'dtype':'F32','shape':[2],'data_offsets':%s},'y':{'dtype':'I8','shape':[3],'data_offsets':%s}}";
        damage("safetensors", safetensors(two.formatted("[0,8]", "[8,11]").replace('\'', '"'), 11), 9);
        for (String header : new String[] {
            two.formatted("[0,8]", "[7,10]"),
            two.formatted("[0,8]", "[9,12]"),
            two.formatted("[3,11]", "[0,3]").replace("'y'", "'x'"),
            two.formatted("[0,8]", "[0,3]"),
            tensor("[2]", "[-8,0]"),
            tensor("[2]", "[8,0]"),
            tensor("[2]", "[0,8,8]"),
            tensor("[2]", "[0]"),
            tensor("[2]", "[0.0,8.0]"),
            tensor("[2]", "[0,1e1]"),
            tensor("[2]", "[0,18446744073709551624]"),
            tensor("[2]", "['0','8']"),
            tensor("[-2]", "[0,8]"),
            tensor("[2.0]", "[0,8]"),
            tensor("[9223372036854775808]", "[0,8]"),
            tensor("[4611686018427387905,4]", "[0,8]"),
            tensor("[2147483648,2147483648,4]", "[0,0]"),
            tensor("[0,9223372036854775807,9223372036854775807]", "[0,0]"),
            tensor("[1" + ",1".repeat(40) + "]", "[0,8]"),
            tensor("2", "[0,8]"),
            tensor("null", "[0,8]"),
            tensor("[2]", "[0,8]").replace("F32", "C64"),
            tensor("[2]", "[0,8]").replace("'F32'", "32"),
            tensor("[2]", "[0,8]").replace("'dtype':'F32',", ""),
            tensor("[2]", "[0,8]").replace("'dtype'", "'shape':[2],'dtype'"),
            tensor("[2]", "[0,8]").replace("}}", "}"),
            tensor("[2]", "[0,8]") + "1",
            tensor("[2]", "[0,8]").replace("'x'", "x"),
            tensor("[2]", "[0," + "8".repeat(5000) + "]"),
            "{'x':" + "[".repeat(100_000),
            "{'x':" + "{'x':".repeat(50_000),
            "{'__metadata__':{'a':{'b':'c'}}}",
            "{'__metadata__':[]}",
            "{'__metadata__':{'a':'b'},'__metadata__':{'a':'b'}}",
            "{'x':null}",
            "[]",
            "",
            "\0\0\0\0",
            "{'" + "x".repeat(1 << 20),
        }) {
            bad("safetensors", safetensors(header.replace('\'', '"'), 8));
        }
        bad("safetensors", Bytes.concat(safetensors("{\"", 0), new byte[] {(byte) 0xc3, 0x28, '"', '}'}));
        for (long length : new long[] {-1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40, 100_000_001, 9}) {
            bad("safetensors", Bytes.concat(Longs.toByteArray(Long.reverseBytes(length)), "{}".getBytes(UTF_8)));
        }
    }

    private void checkpoints() throws IOException {
        String good =
                "{\"__metadata__\":{\"ndgrad.checkpoint\":\"1\",\"ndgrad.parts\":\"%s\",\"values\":\"{\\\"values\\\":{}}\","
                        + "\"ndgrad.default_rng\":\"{}\"}}";
        for (String parts : new String[] {
            "",
            "[]",
            "{",
            "{}x",
            "null",
            "{'a':5}",
            "{'a':null}",
            "{'a':{},'a':{}}",
            "{'a':{'b':1,'b':1}}",
            "{'a':{'$tensor':'no'}}",
            "{'a':{'x':{'$tensor':'no'}}}",
            "{'a':{'x':{'$number':'NaN','y':1}}}",
            "{'a':{'x':{'$object':'java.lang.Runtime'}}}",
            "{'a':{'x':99999999999999999999}}",
            "{'a':{'x':1" + "0".repeat(5000) + "}}",
            "{'a':" + "[".repeat(9999),
            "{'a':" + "{'a':".repeat(9999),
        }) {
            bad("ckpt", safetensors(good.formatted(parts.replace("'", "\\\"")), 0));
        }
        for (String[] change : new String[][] {
            {"\"1\"", "\"2\""},
            {"\"1\"", "\"\""},
            {"\"1\"", "1"},
            {"ndgrad.parts", "parts"},
            {"\"values\"", "\"value\""},
            {"values\\\"", "value\\\""},
            {"{\\\"", "\\\""},
            {"default_rng", "rng"},
        }) {
            bad("ckpt", safetensors(good.formatted("{}").replace(change[0], change[1]), 0));
        }
    }

    // NumPy

    private static byte[] npy(int version, String header, int data) {
        int length = header.length();
        byte[] prefix = version == 1
                ? new byte[] {1, 0, (byte) length, (byte) (length >> 8)}
                : new byte[] {(byte) version, 0, (byte) length, (byte) (length >> 8), (byte) (length >> 16), 0};
        return Bytes.concat("\u0093NUMPY".getBytes(ISO_8859_1), prefix, header.getBytes(ISO_8859_1), new byte[data]);
    }

    private void npy() throws IOException {
        damage("npy", npy(1, NPY, 24), 7);
        for (String[] change : new String[][] {
            {"(2, 3)", "(-2, -3)"},
            {"(2, 3)", "(2, 4)"},
            {"(2, 3)", "(2, 2)"},
            {"(2, 3)", "(6)"},
            {"(2, 3)", "(99999999999999999999,)"},
            {"(2, 3)", "(4611686018427387904, 4)"},
            {"(2, 3)", "[2, 3"},
            {"(2, 3)", "(0, 9223372036854775807, 3)"},
            {"(2, 3)", "('2', 3)"},
            {"(2, 3)", "(True, 6)"},
            {"(2, 3)", "(" + "1, ".repeat(40) + ")"},
            {"(2, 3)", "(".repeat(5000)},
            {"(2, 3)", "[".repeat(5000)},
            {"<f4", "|O"},
            {"<f4", "<c8"},
            {"<f4", "<U1"},
            {"<f4", "<f3"},
            {"<f4", ""},
            {"<f4", "<"},
            {"<f4", "<f8"},
            {"'<f4'", "[('a', '<f4')]"},
            {"'<f4'", "None"},
            {"'<f4'", "4"},
            {"<f4", "\\x00"},
            {"<f4'", "<f4"},
            {"False", "0"},
            {"False", "__import__('os')"},
            {"False", "'False'"},
            {"fortran_order", "descr"},
            {", }", ", 'x': 1}"},
            {", }", ""},
            {", }", ", }}"},
            {"{", ""},
            {"descr", "Descr"},
        }) {
            bad("npy", npy(1, NPY.replace(change[0], change[1]), 24));
        }
        bad("npy", npy(0, NPY, 24));
        bad("npy", npy(4, NPY, 24));
        bad("npy", npy(2, NPY + " ".repeat(20_000), 24));
        bad("npy", "\u0093NUMPY\3\0\u00ff\u00ff\u00ff\u00ff".getBytes(ISO_8859_1));
    }

    private void npz() throws IOException {
        byte[] array = npy(1, NPY, 24);
        Map<String, byte[]> two = Map.of("a.npy", array);
        byte[] stored = Zips.of(ZipEntry.STORED, ImmutableMap.of("a.npy", array, "b.npy", array));
        byte[] deflated = Zips.of(ZipEntry.DEFLATED, two);
        damage("npz", stored, 29);
        damage("npz", deflated, 23);
        for (String name : new String[] {"../a", "/aa", "a\\b", "a\nb", "a/../b", "./a", "\0aa"}) {
            bad("npz", Zips.of(ZipEntry.STORED, Map.of(name + ".npy", array)));
        }
        bad("npz", Zips.of(ZipEntry.STORED, Map.of("readme", array)));
        bad("npz", Zips.of(ZipEntry.STORED, Map.of(".npy/", array)));
        bad("npz", Zips.replaced(stored, "b.npy", "a.npy"));
        for (byte[] zip : new byte[][] {stored, deflated}) {
            for (long size : new long[] {0, 1, array.length - 1, array.length + 1, 1 << 30, 0xffff_ffffL}) {
                bad("npz", Zips.lying(zip, Zips.SIZE, 4, size));
                any("npz", Zips.lying(zip, Zips.PACKED_SIZE, 4, size));
            }
            bad("npz", Zips.lying(zip, Zips.METHOD, 2, 99));
            bad("npz", Zips.lying(zip, Zips.FLAGS, 2, 1));
            bad("npz", Zips.lying(zip, Zips.POSITION, 4, 17));
            bad("npz", Zips.lying(zip, Zips.POSITION, 4, 0x7fff_ffff));
            bad("npz", Zips.lying(zip, 16, 4, 12345)); // the checksum
        }
        bad("npz", Zips.lying(stored, Zips.METHOD, 2, ZipEntry.DEFLATED));
        byte[] noise = new byte[300_000];
        random.nextBytes(noise);
        String large = NPY.replace("(2, 3)", "(75000000,)");
        bad(
                "npz",
                Zips.lying(
                        Zips.of(ZipEntry.DEFLATED, Map.of("a.npy", Bytes.concat(npy(1, large, 0), noise))),
                        Zips.SIZE,
                        4,
                        300_000_000 + npy(1, large, 0).length)); // not a thousand times its size, and yet a bomb
        bad(
                "npz",
                Zips.lying(
                        Zips.of(ZipEntry.DEFLATED, Map.of("a.npy", Bytes.concat(array, new byte[1 << 22]))),
                        Zips.SIZE,
                        4,
                        array.length)); // more than it says
        bad(
                "npz",
                Zips.lying(
                        Zips.of(ZipEntry.DEFLATED, Map.of("a.npy", npy(1, large, 1 << 16))),
                        Zips.SIZE,
                        4,
                        300_000_000)); // less than it says
    }
}
