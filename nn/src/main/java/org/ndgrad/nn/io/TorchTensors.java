package org.ndgrad.nn.io;

import java.io.IOException;
import java.nio.channels.Channels;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.ndgrad.autograd.Tensor;

/**
 * Reads tensors of a file of PyTorch; those that share a storage there share memory here, the negative ones of it among
 * themselves.
 */
final class TorchTensors implements TorchStorages.Maker {

    private final Archive zip;
    private final Map<TorchStorages.Storage, Tensor> known = new HashMap<>();
    private final Map<TorchStorages.Storage, Tensor> negated = new HashMap<>();

    TorchTensors(Archive zip) {
        this.zip = zip;
    }

    @Override
    public Object make(TorchStorages.View view) throws IOException {
        long[] shape = view.shape().toArray();
        return view.shape().contains(0)
                ? Tensor.zeros(view.storage().type().dtype(), shape)
                : elements(view).asStrided(shape, view.strides().toArray(), view.offset());
    }

    private Tensor elements(TorchStorages.View view) throws IOException {
        Tensor elements = elements(view.storage());
        return view.negative() ? negated.computeIfAbsent(view.storage(), storage -> elements.neg()) : elements;
    }

    private Tensor elements(TorchStorages.Storage storage) throws IOException {
        Tensor elements = known.get(storage);
        if (elements == null) {
            ZipEntry entry = storage.entry();
            elements = zip.read(
                    entry,
                    bytes -> Elements.read(
                            Channels.newChannel(bytes), entry.getName(), storage.type(), storage.count()));
            known.put(storage, elements);
        }
        return elements;
    }
}
