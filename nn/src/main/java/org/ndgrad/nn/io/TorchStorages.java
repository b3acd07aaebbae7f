package org.ndgrad.nn.io;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * What the pickle inside a file of PyTorch may name: storages, which are entries of the file, and tensors over them.
 * Their elements are left to whoever wants them.
 */
final class TorchStorages implements Pickle.Host {

    private static final ImmutableMap<String, FileType> STORAGES = ImmutableMap.<String, FileType>builder()
            .put("DoubleStorage", FileType.of("F64"))
            .put("FloatStorage", FileType.of("F32"))
            .put("HalfStorage", FileType.of("F16"))
            .put("BFloat16Storage", FileType.of("BF16"))
            .put("LongStorage", FileType.of("I64"))
            .put("IntStorage", FileType.of("I32"))
            .put("ShortStorage", FileType.of("I16"))
            .put("CharStorage", FileType.of("I8"))
            .put("ByteStorage", FileType.of("U8"))
            .put("BoolStorage", FileType.of("BOOL"))
            .buildOrThrow();

    /** Elements in a row, an entry of the file. */
    record Storage(ZipEntry entry, FileType type, long count) {}

    /**
     * A tensor, which lies within its storage.
     *
     * @param negative whether its elements are those of the storage with the other sign
     */
    record View(Storage storage, long offset, ImmutableLongArray shape, ImmutableLongArray strides, boolean negative) {

        /** Returns the position of the last element; the one before the first if there are none. */
        long last() {
            long last = offset;
            for (int i = 0; i < shape.length(); i++) {
                last += (shape.get(i) - 1) * strides.get(i);
            }
            return shape.contains(0) ? offset - 1 : last;
        }
    }

    /** What becomes of a tensor. */
    interface Maker {
        Object make(View view) throws IOException;
    }

    /** A name that a pickle may call. */
    private enum Callable {
        ORDERED_DICT,
        TENSOR,
        PARAMETER,
        SIZE
    }

    private static final ImmutableMap<String, Callable> CALLABLES = ImmutableMap.of(
            "collections.OrderedDict", Callable.ORDERED_DICT,
            "torch._utils._rebuild_tensor_v2", Callable.TENSOR,
            "torch._utils._rebuild_parameter", Callable.PARAMETER,
            "torch.Size", Callable.SIZE);

    /** The place, among the arguments that make a tensor, of its marks, which few have. */
    private static final int METADATA = 6;

    private static final String NEGATIVE = "neg";

    private final Archive zip;
    private final String prefix;
    private final Maker maker;
    private final Map<String, Storage> known = new HashMap<>();

    /**
     * Takes over an open file.
     *
     * @param prefix of the names of its entries
     */
    TorchStorages(Archive zip, String prefix, Maker maker) {
        this.zip = zip;
        this.prefix = prefix;
        this.maker = maker;
    }

    @Override
    public Object global(String module, String name) throws IOException {
        String path = module + '.' + name;
        if (CALLABLES.containsKey(path)) {
            return CALLABLES.get(path);
        }
        if (module.equals("torch") && STORAGES.containsKey(name)) {
            return STORAGES.get(name);
        }
        throw new BadFileException(
                "tensors and plain values, as in a state dict",
                "the Python name " + path + ", which could do anything");
    }

    @Override
    public Object call(Object callable, List<@Nullable Object> arguments) throws IOException {
        if (callable instanceof Callable name) {
            switch (name) {
                case ORDERED_DICT -> {
                    if (arguments.isEmpty()) {
                        return new LinkedHashMap<Object, Object>();
                    }
                }
                case TENSOR -> {
                    if (arguments.size() >= 4
                            && arguments.get(0) instanceof Storage storage
                            && arguments.get(1) instanceof Long offset) {
                        boolean negative = arguments.size() > METADATA && isNegative(arguments.get(METADATA));
                        return maker.make(
                                view(storage, offset, sizes(arguments.get(2)), sizes(arguments.get(3)), negative));
                    }
                }
                case PARAMETER, SIZE -> {
                    Object first = arguments.isEmpty() ? null : arguments.get(0);
                    if (first != null) {
                        return first;
                    }
                }
            }
        }
        throw new BadFileException("a call that makes a tensor or a dict", "another");
    }

    private static ImmutableLongArray sizes(@Nullable Object tuple) throws BadFileException {
        if (tuple instanceof List<?> list
                && list.size() <= TensorEntry.MOST_DIMS
                && list.stream().allMatch(each -> each instanceof Long)) {
            return ImmutableLongArray.copyOf(list.stream().mapToLong(each -> (Long) each));
        }
        throw new BadFileException(
                "sizes and strides as at most " + TensorEntry.MOST_DIMS + " whole numbers", "something else");
    }

    /** Returns whether a dict of marks says that a tensor is negative; refuses marks of another meaning. */
    private static boolean isNegative(@Nullable Object marks) throws BadFileException {
        boolean negative = false;
        if (marks != null) {
            if (!(marks instanceof Map<?, ?> map)) {
                throw new BadFileException("the marks of a tensor as a dict", "something else");
            }
            for (Map.Entry<?, ?> mark : map.entrySet()) {
                boolean isSet = !Boolean.FALSE.equals(mark.getValue());
                if (isSet && !(NEGATIVE.equals(mark.getKey()) && Boolean.TRUE.equals(mark.getValue()))) {
                    throw new BadFileException(
                            "tensors without marks but '" + NEGATIVE + "'", "one marked '" + mark.getKey() + "'");
                }
                negative |= isSet;
            }
        }
        return negative;
    }

    /** Returns a look at a storage; refuses one that reaches beyond it. */
    private static View view(
            Storage storage, long offset, ImmutableLongArray shape, ImmutableLongArray strides, boolean negative)
            throws BadFileException {
        boolean isGood = offset >= 0
                && shape.length() == strides.length()
                && storage.type().bytes(shape) >= 0;
        long last = offset;
        for (int i = 0; isGood && i < shape.length(); i++) {
            long steps = Math.max(0, shape.get(i) - 1);
            isGood = shape.get(i) >= 0 && strides.get(i) >= 0;
            isGood &= Math.multiplyHigh(steps, strides.get(i)) == 0 && steps * strides.get(i) >= 0;
            last += steps * strides.get(i);
            isGood &= last >= 0;
        }
        if (!isGood || (!shape.contains(0) && last >= storage.count())) {
            throw new BadFileException(
                    "a tensor within its storage of " + storage.count() + " elements",
                    "shape %s, strides %s from element %s on".formatted(shape, strides, offset));
        }
        return new View(storage, offset, shape, strides, negative);
    }

    /** Returns the storage that a tuple ('storage', type, key, device, number of elements) names. */
    @Override
    public Object persistent(@Nullable Object id) throws IOException {
        if (!(id instanceof List<?> tuple
                && tuple.size() == 5
                && tuple.get(0) instanceof String kind
                && kind.equals("storage")
                && tuple.get(1) instanceof FileType type
                && tuple.get(2) instanceof String key
                && tuple.get(4) instanceof Long count)) {
            throw new BadFileException("a storage", "something else outside the pickle");
        }
        Storage storage = known.get(key);
        if (storage == null) {
            storage = new Storage(entry(key, type, count), type, count);
            known.put(key, storage);
        }
        if (!storage.type().equals(type) || storage.count() != count) {
            throw new BadFileException("storage '" + key + "' of one type and size", "two");
        }
        return storage;
    }

    private ZipEntry entry(String key, FileType type, long count) throws IOException {
        ZipEntry entry = zip.entries().get(prefix + "data/" + key);
        if (entry == null) {
            throw new BadFileException("an entry data/" + key, "none");
        }
        if (count < 0 || count > entry.getSize() / type.bytes()) {
            throw new BadFileException(
                    "storage '%s' of at most %s bytes".formatted(key, entry.getSize()), count + " elements");
        }
        return entry;
    }
}
