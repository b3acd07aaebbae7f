package org.ndgrad.nn.io;

import com.google.common.base.Strings;
import com.google.common.primitives.ImmutableLongArray;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands before the elements in an NPY file, believed only after it was checked against the size of the file.
 *
 * <p>Source: NEP 1 and numpy/lib/format.py, NumPy 2.4: versions 1 to 3 of the format.
 *
 * @param order of the bytes of an element
 * @param isFortran whether the first index is the one that changes fastest
 */
record NpyHeader(FileType type, ByteOrder order, boolean isFortran, ImmutableLongArray shape) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** The header of plain elements is much shorter; NumPy refuses 10 000. */
    private static final long LONGEST = 10_000;

    private static final int ALIGNMENT = 64;

    /** NumPy leaves room for a first size of as many digits, so that rows can be appended. */
    private static final int GROWTH = 21;

    /** What lies before the text in version 1. */
    private static final int PREFIX = MAGIC.length + 4;

    static boolean isMagic(byte[] first) {
        return first.length >= MAGIC.length && Arrays.equals(Arrays.copyOf(first, MAGIC.length), MAGIC);
    }

    /**
     * Reads a header.
     *
     * @param size of the file
     * @throws BadFileException if it is none, or says what cannot be
     */
    static NpyHeader read(InputStream bytes, long size) throws IOException {
        byte[] magic = bytes.readNBytes(MAGIC.length);
        if (!isMagic(magic)) {
            throw new BadFileException(
                    "an array of NumPy, which begins with \\x93NUMPY",
                    magic.length == 0 ? "nothing" : new String(magic, StandardCharsets.ISO_8859_1));
        }
        try {
            int version = number(bytes, 1);
            number(bytes, 1); // of no meaning so far
            if (version < 1 || version > 3) {
                throw new BadFileException("version 1, 2 or 3 of the format", "version " + version);
            }
            int width = version == 1 ? Short.BYTES : Integer.BYTES;
            long length = Integer.toUnsignedLong(number(bytes, width));
            if (length > LONGEST) {
                throw new BadFileException("a header of at most " + LONGEST + " bytes", length + " bytes");
            }
            byte[] text = bytes.readNBytes((int) length);
            if (text.length < length) {
                throw new EOFException();
            }
            long begin = MAGIC.length + 2 + width + length;
            return parse(text(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1))
                    .checkedAgainst(size - begin);
        } catch (EOFException e) {
            throw new BadFileException("a whole header", "the end of the file", e);
        }
    }

    private static int number(InputStream bytes, int width) throws IOException {
        byte[] number = bytes.readNBytes(width);
        if (number.length < width) {
            throw new EOFException();
        }
        return ByteBuffer.wrap(Arrays.copyOf(number, Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
    }

    private static String text(byte[] bytes, Charset charset) throws IOException {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new BadFileException("a header in " + charset, "other bytes", e);
        }
    }

    private static NpyHeader parse(String text) throws BadFileException {
        Map<String, Object> header = PythonLiteral.dict(text);
        Object descr = header.get("descr");
        if (header.size() != 3
                || descr == null
                || !(header.get("fortran_order") instanceof Boolean isFortran)
                || !(header.get("shape") instanceof List<?> shape)) {
            throw new BadFileException(
                    "a header with descr, fortran_order (True or False) and shape (a tuple), and nothing else", text);
        }
        ImmutableLongArray.Builder sizes = ImmutableLongArray.builder();
        for (Object size : shape) {
            if (!(size instanceof Long number) || number < 0 || shape.size() > TensorEntry.MOST_DIMS) {
                throw new BadFileException(
                        "a shape of at most " + TensorEntry.MOST_DIMS + " whole numbers from 0 on", shape.toString());
            }
            sizes.add(number);
        }
        if (!(descr instanceof String code)) {
            throw new BadFileException(
                    "elements that are numbers (save each field on its own, as x['name'])", "ones with fields");
        }
        return new NpyHeader(
                type(code),
                code.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                isFortran,
                sizes.build());
    }

    private static FileType type(String descr) throws BadFileException {
        String code = descr.isEmpty() || "<>|=".indexOf(descr.charAt(0)) < 0 ? descr : descr.substring(1);
        for (FileType type : FileType.BY_NAME.values()) {
            if (!code.isEmpty() && type.code().equals(code)) {
                return type;
            }
        }
        String advice = Stream.of(
                        "O: Python objects, which are executed when they are read: save plain arrays",
                        "U: texts: save numbers, as of np.unique(x, return_inverse=True)",
                        "S: texts: save numbers, as of np.unique(x, return_inverse=True)",
                        "c: complex numbers: save x.real and x.imag",
                        "M: dates: save x.astype('int64')",
                        "m: times: save x.astype('int64')",
                        "V: raw bytes, as of bfloat16: save x.astype('float32')",
                        "f: floating numbers of another size: save x.astype('float64')")
                .filter(each -> code.startsWith(each.substring(0, 1)))
                .map(each -> " (" + each.substring(3) + ")")
                .findFirst()
                .orElse("");
        throw new BadFileException(
                "elements of a type among "
                        + FileType.BY_NAME.values().stream()
                                .map(FileType::code)
                                .filter(each -> !each.isEmpty())
                                .collect(Collectors.joining(", ")),
                "'" + descr + "'" + advice);
    }

    private NpyHeader checkedAgainst(long rest) throws BadFileException {
        long bytes = type.bytes(shape);
        if (bytes != rest) {
            throw new BadFileException(
                    "an array of type %s and shape %s to have %s bytes"
                            .formatted(type.title(), shape, bytes < 0 ? "fewer than 2^63" : bytes),
                    rest + " bytes");
        }
        return this;
    }

    long count() {
        return type.bytes(shape) / type.bytes();
    }

    /** Returns the header, in version 1, of an array in C order: byte for byte what NumPy writes. */
    static byte[] of(FileType type, long... shape) {
        String sizes = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '%s%s', 'fortran_order': False, 'shape': (%s), }"
                .formatted(type.bytes() == 1 ? '|' : '<', type.code(), shape.length == 1 ? sizes + ',' : sizes);
        int spare = shape.length == 0 ? 0 : GROWTH - Long.toString(shape[0]).length();
        int length = (PREFIX + text.length() + spare + ALIGNMENT) / ALIGNMENT * ALIGNMENT - PREFIX;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(MAGIC);
        bytes.writeBytes(new byte[] {1, 0, (byte) length, (byte) (length >> 8)});
        bytes.writeBytes((Strings.padEnd(text, length - 1, ' ') + '\n').getBytes(StandardCharsets.ISO_8859_1));
        return bytes.toByteArray();
    }
}
