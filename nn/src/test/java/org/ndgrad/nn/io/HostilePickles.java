package org.ndgrad.nn.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.util.zip.ZipEntry;

/** The files of {@link HostileFiles} that look as if PyTorch had written them. */
final class HostilePickles {

    /** A storage of four float32 numbers, the entry data/0. */
    private static final String STORAGE = "(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0" + "0X\3\0\0\0cpuK\4tQ";

    private final HostileFiles files;

    HostilePickles(HostileFiles files) {
        this.files = files;
    }

    void write() throws IOException {
        torch();
        pickles();
    }

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
        files.damage("pt", zip, 31);
        for (int length = 0; length < good.length(); length += 5) {
            files.bad("pt", torch(ZipEntry.STORED, good.substring(0, length)));
        }
        for (int i = 0; i < HostileFiles.FLIPS; i++) {
            char[] flipped = good.toCharArray();
            flipped[files.random().nextInt(flipped.length)] ^=
                    (char) (1 << files.random().nextInt(8));
            files.any("pt", torch(ZipEntry.STORED, new String(flipped)));
        }
        files.bad("pt", torch(ZipEntry.DEFLATED, good));
        files.bad("pt", Zips.replaced(zip, "m/data.pkl", "m/Data.pkl"));
        files.bad("pt", Zips.replaced(zip, "m/data/0", "m/data/1"));
        files.bad("pt", Zips.lying(zip, Zips.SIZE, 4, 0xffff_fffeL));
        files.bad("pt", Zips.lying(zip, Zips.PACKED_SIZE, 4, 12));
        files.bad("pt", good.getBytes(ISO_8859_1));
        files.bad("pt", new byte[] {(byte) 0x80, 2});
        String huge = "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f";
        String least = "\u008a\u0008\0\0\0\0\0\0\0\u0080";
        for (String each :
                new String[] {"J\u00ff\u00ff\u00ff\u00ff", huge, least, "K\5", "N", "G?\u00f0\0\0\0\0\0\0"}) {
            files.bad("pt", torch(ZipEntry.STORED, tensor(STORAGE, each, "K\2\u0085", "K\1\u0085") + "."));
            files.bad("pt", torch(ZipEntry.STORED, tensor(STORAGE, "K\0", each + "\u0085", "K\1\u0085") + "."));
            files.bad("pt", torch(ZipEntry.STORED, tensor(STORAGE, "K\0", "K\2\u0085", each + "\u0085") + "."));
            files.bad(
                    "pt",
                    torch(
                            ZipEntry.STORED,
                            tensor(STORAGE.replace("K\4", each), "K\0", "K\4\u0085", "K\1\u0085") + "."));
        }
        files.bad(
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
            files.bad("pt", torch(ZipEntry.STORED, pickle));
        }
        for (int opcode = 0; opcode < 256; opcode += 2) {
            files.any("pt", torch(ZipEntry.STORED, "N}](N" + (char) opcode + "aaaaaaaaa."));
        }
    }
}
