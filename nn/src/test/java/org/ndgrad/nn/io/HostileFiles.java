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

    private static final int FLIPS = 30;
    private static final String NPY = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n";

    /** A storage of four float32 numbers, the entry data/0. */
    private static final String STORAGE = "(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0" + "0X\3\0\0\0cpuK\4tQ";

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
        files.torch();
        files.pickles();
    }

    private void bad(String suffix, byte[] bytes) throws IOException {
        Files.write(folder.resolve("bad%03d.%s".formatted(count++, suffix)), bytes);
    }

    private void any(String suffix, byte[] bytes) throws IOException {
        Files.write(folder.resolve("any%03d.%s".formatted(count++, suffix)), bytes);
    }

    /** Cuts a good file off at many places up to one, and changes single bits of it anywhere. */
    private void damage(String suffix, byte[] good, int every) throws IOException {
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

    // PyTorch

    private static byte[] torch(int method, String pickle) {
        return Zips.of(
                method,
                ImmutableMap.of(
                        "m/data.pkl", pickle.getBytes(ISO_8859_1),
                        "m/data/0", "\0\0\u0080?\0\0\0@\0\0@@\0\0\u0080@".getBytes(ISO_8859_1)));
    }

    private static String tensor(String storage, String offset, String shape, String strides) {
        return "ctorch._utils\n_rebuild_tensor_v2\n(" + storage + offset + shape + strides
                + "\u0089ccollections\nOrderedDict\n)RtR";
    }

    private void torch() throws IOException {
        String good = "\u0080\2}X\1\0\0\0w" + tensor(STORAGE, "K\0", "K\2K\2\u0086", "K\1K\2\u0086") + "s.";
        byte[] zip = torch(ZipEntry.STORED, good);
        damage("pt", zip, 31);
        for (int length = 0; length < good.length(); length += 5) {
            bad("pt", torch(ZipEntry.STORED, good.substring(0, length)));
        }
        for (int i = 0; i < FLIPS; i++) {
            char[] flipped = good.toCharArray();
            flipped[random.nextInt(flipped.length)] ^= (char) (1 << random.nextInt(8));
            any("pt", torch(ZipEntry.STORED, new String(flipped)));
        }
        bad("pt", torch(ZipEntry.DEFLATED, good));
        bad("pt", Zips.replaced(zip, "m/data.pkl", "m/Data.pkl"));
        bad("pt", Zips.replaced(zip, "m/data/0", "m/data/1"));
        bad("pt", Zips.lying(zip, Zips.SIZE, 4, 0xffff_fffeL));
        bad("pt", Zips.lying(zip, Zips.PACKED_SIZE, 4, 12));
        bad("pt", good.getBytes(ISO_8859_1));
        bad("pt", new byte[] {(byte) 0x80, 2});
        String huge = "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f";
        String least = "\u008a\u0008\0\0\0\0\0\0\0\u0080";
        for (String each :
                new String[] {"J\u00ff\u00ff\u00ff\u00ff", huge, least, "K\5", "N", "G?\u00f0\0\0\0\0\0\0"}) {
            bad("pt", torch(ZipEntry.STORED, tensor(STORAGE, each, "K\2\u0085", "K\1\u0085") + "."));
            bad("pt", torch(ZipEntry.STORED, tensor(STORAGE, "K\0", each + "\u0085", "K\1\u0085") + "."));
            bad("pt", torch(ZipEntry.STORED, tensor(STORAGE, "K\0", "K\2\u0085", each + "\u0085") + "."));
            bad(
                    "pt",
                    torch(
                            ZipEntry.STORED,
                            tensor(STORAGE.replace("K\4", each), "K\0", "K\4\u0085", "K\1\u0085") + "."));
        }
        bad(
                "pt",
                torch(
                        ZipEntry.STORED,
                        tensor(STORAGE, "K\0", "(" + "K\1".repeat(40) + "t", "(" + "K\1".repeat(40) + "t") + "."));
    }

    private void pickles() throws IOException {
        String text = "X\1\0\0\0a";
        StringBuilder memoBomb = new StringBuilder("]K\1aq\0");
        for (int i = 0; i < 64; i++) {
            memoBomb.append("](h\0h\0h\0h\0eq\0");
        }
        for (String pickle : new String[] {
            "]".repeat(100_000) + "a".repeat(99_999) + ".",
            ("}" + text).repeat(50_000) + "N" + "s".repeat(50_000) + ".",
            "N" + "\u0085".repeat(100_000) + ".",
            memoBomb + ".",
            "]q\0h\0a.",
            "}q\0" + text + "h\0s.",
            "(".repeat(100_000) + ".",
            "N".repeat(5_000_000) + ".",
            "N" + "\u0094".repeat(5_000_000) + ".",
            "\u008b\u00ff\u00ff\u00ff\u007f.",
            "\u008a\u00ff" + "\1".repeat(255) + ".",
            "X\u00ff\u00ff\u00ff\u00ff.",
            "X\u00ff\u00ff\u00ff\u007f.",
            "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.",
            "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f.",
            "\u008d\0\0\0\0\0\0\0\u0080.",
            "X\2\0\0\0\u00c3(.",
            "\u008c\u00ff.",
            "cos\nsystem\n" + text + "\u0085R.",
            "cbuiltins\neval\n" + text + "\u0085R.",
            "cposix\nsystem\n" + text + "\u0085R.",
            "csubprocess\nPopen\n" + text + "\u0085R.",
            "ctorch\nload\n" + text + "\u0085R.",
            "ctorch\n" + "x".repeat(100_000) + "\n.",
            "cos\nsystem",
            "\u008c\2os\u008c\6system\u0093.",
            "N\u008c\6system\u0093.",
            "(ios\nsystem\n.",
            "(cos\nsystem\no.",
            "c__main__\nNet\n)\u0081}b.",
            "ccollections\nOrderedDict\nN\u0085R.",
            "ccollections\nOrderedDict\nNR.",
            "ctorch._utils\n_rebuild_tensor_v2\n)R.",
            "ctorch.\nSize\n)R.",
            "ctorch\nFloatStorage\n)R.",
            STORAGE.replace("storage", "Storage") + ".",
            "K\1Q.",
            "K\1)R.",
            "NNR.",
            "Nb.",
            "}K\1b",
            "]K\1K\2s.",
            "}K\1Ns",
            "}(K\1u.",
            "}]Ns.",
            "}K\1a.",
            "e.",
            "a.",
            ".",
            "(.",
            "h\0.",
            "jaaaa.",
            "q\0.",
            "\u0094.",
            "P0\n.",
            "\u0082a.",
            "\u0097.",
            "I1\n.",
            "S'a'\n.",
            "\u0095\u00ff",
            "",
        }) {
            bad("pt", torch(ZipEntry.STORED, pickle));
        }
        for (int opcode = 0; opcode < 256; opcode += 2) {
            any("pt", torch(ZipEntry.STORED, "N}](N" + (char) opcode + "aaaaaaaaa."));
        }
    }
}
