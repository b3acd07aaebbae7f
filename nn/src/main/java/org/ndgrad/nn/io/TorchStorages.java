package org.ndgrad.nn.io;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.TensorBytes;

/**
 * What the pickle inside a file of PyTorch may name: storages, which are entries of the file, and tensors over them.
 */
final class TorchStorages implements Pickle.Host {

    private static final ImmutableMap<String, DataType> STORAGES = ImmutableMap.<String, DataType>builder()
            .put("DoubleStorage", DataType.DOUBLE)
            .put("FloatStorage", DataType.FLOAT)
            .put("HalfStorage", DataType.FLOAT16)
            .put("BFloat16Storage", DataType.BFLOAT16)
            .put("LongStorage", DataType.INT64)
            .put("IntStorage", DataType.INT32)
            .put("ShortStorage", DataType.INT16)
            .put("CharStorage", DataType.INT8)
            .put("ByteStorage", DataType.UINT8)
            .put("BoolStorage", DataType.BOOL)
            .buildOrThrow();

    /** All elements of an entry, at which tensors look. */
    private record Storage(Tensor elements) {}

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

    private final ZipFile zip;
    private final String prefix;
    private final Map<String, Storage> known = new HashMap<>();

    /**
     * Takes over an open file.
     *
     * @param prefix of the names of its entries
     */
    TorchStorages(ZipFile zip, String prefix) {
        this.zip = zip;
        this.prefix = prefix;
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
                        return tensor(storage.elements(), offset, sizes(arguments.get(2)), sizes(arguments.get(3)));
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

    private static long[] sizes(@Nullable Object tuple) throws BadFileException {
        if (tuple instanceof List<?> list && list.stream().allMatch(each -> each instanceof Long)) {
            return list.stream().mapToLong(each -> (Long) each).toArray();
        }
        throw new BadFileException("sizes and strides as whole numbers", "something else");
    }

    /** Returns a look at a storage; refuses one that reaches beyond it. */
    private static Tensor tensor(Tensor storage, long offset, long[] shape, long[] strides) throws BadFileException {
        boolean isGood = offset >= 0 && shape.length == strides.length && shape.length <= TensorEntry.MOST_DIMS;
        boolean isEmpty = false;
        long last = offset;
        for (int i = 0; isGood && i < shape.length; i++) {
            isGood = shape[i] >= 0 && strides[i] >= 0;
            isEmpty |= shape[i] == 0;
            long steps = Math.max(0, shape[i] - 1);
            isGood &= Math.multiplyHigh(steps, strides[i]) == 0 && steps * strides[i] >= 0;
            last += steps * strides[i];
            isGood &= last >= 0;
        }
        if (!isGood || (!isEmpty && last >= storage.numel())) {
            throw new BadFileException(
                    "a tensor within its storage of " + storage.numel() + " elements",
                    "shape %s, strides %s from element %s on"
                            .formatted(Arrays.toString(shape), Arrays.toString(strides), offset));
        }
        return isEmpty ? Tensor.zeros(storage.dtype(), shape) : storage.asStrided(shape, strides, offset);
    }

    /** Returns the storage that a tuple ('storage', type, key, device, number of elements) names. */
    @Override
    public Object persistent(@Nullable Object id) throws IOException {
        if (!(id instanceof List<?> tuple
                && tuple.size() == 5
                && tuple.get(0) instanceof String kind
                && kind.equals("storage")
                && tuple.get(1) instanceof DataType dtype
                && tuple.get(2) instanceof String key
                && tuple.get(4) instanceof Long count)) {
            throw new BadFileException("a storage", "something else outside the pickle");
        }
        Storage storage = known.get(key);
        if (storage == null) {
            storage = new Storage(read(key, dtype, count));
            known.put(key, storage);
        }
        if (storage.elements().dtype() != dtype || storage.elements().numel() != count) {
            throw new BadFileException("storage '" + key + "' of one type and size", "two");
        }
        return storage;
    }

    private Tensor read(String key, DataType dtype, long count) throws IOException {
        ZipEntry entry = zip.getEntry(prefix + "data/" + key);
        if (entry == null) {
            throw new BadFileException("an entry data/" + key, "none");
        }
        if (count < 0 || count > entry.getSize() / dtype.width()) {
            throw new BadFileException(
                    "storage '%s' of at most %s bytes".formatted(key, entry.getSize()), count + " elements");
        }
        try (InputStream bytes = zip.getInputStream(entry)) {
            return TensorBytes.read(Channels.newChannel(bytes), dtype, count);
        }
    }
}
