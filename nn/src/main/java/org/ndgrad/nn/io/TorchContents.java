package org.ndgrad.nn.io;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.primitives.ImmutableLongArray;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ndgrad.nn.io.TorchStorages.Storage;
import org.ndgrad.nn.io.TorchStorages.View;

/** What is in a file of PyTorch: tensors and plain values, named by the keys that lead to them. */
final class TorchContents {

    private TorchContents() {}

    static Contents of(Path file) {
        Contents read = Torch.read(file, (zip, prefix, pickle) -> {
            Object saved = Pickle.read(pickle, new TorchStorages(zip, prefix, view -> view));
            Set<View> notFinite = notFinite(zip, saved);
            Contents contents = new Contents("PyTorch");
            Contents.forEach("", saved, (name, value) -> {
                if (value instanceof View view) {
                    contents.add(name, view.storage().type(), view.shape(), !notFinite.contains(view));
                } else {
                    contents.add(name, value == null ? "None" : value);
                }
            });
            return contents;
        });
        return checkNotNull(read);
    }

    /** Returns those tensors that have elements that are not finite; goes through every storage once. */
    private static Set<View> notFinite(Archive zip, @Nullable Object saved) throws IOException {
        Map<Storage, Set<View>> views = new LinkedHashMap<>();
        Contents.forEach("", saved, (name, value) -> {
            if (value instanceof View view) {
                views.computeIfAbsent(view.storage(), storage -> new HashSet<>())
                        .add(view);
            }
        });
        Set<View> notFinite = new HashSet<>();
        for (Map.Entry<Storage, Set<View>> each : views.entrySet()) {
            Storage storage = each.getKey();
            Search search = new Search(each.getValue(), notFinite);
            zip.read(storage.entry(), bytes -> {
                Elements.forEachNonFinite(
                        Channels.newChannel(bytes),
                        storage.type(),
                        ByteOrder.LITTLE_ENDIAN,
                        storage.count(),
                        search::found);
                bytes.skipNBytes(storage.entry().getSize()
                        - storage.count() * storage.type().bytes());
                return search;
            });
        }
        return notFinite;
    }

    /** Finds, for positions in rising order, the tensors that have them. */
    private static final class Search {
        private final List<Reach> waiting;
        private final List<Reach> begun = new ArrayList<>();
        private final Set<View> found;

        /** Takes the tensors of a storage. */
        Search(Set<View> views, Set<View> found) {
            waiting = new ArrayList<>(views.stream().map(Reach::of).toList());
            waiting.sort(Comparator.comparingLong((Reach each) -> each.view().offset())
                    .reversed());
            this.found = found;
        }

        void found(long position) {
            while (!waiting.isEmpty() && waiting.get(waiting.size() - 1).view().offset() <= position) {
                begun.add(waiting.remove(waiting.size() - 1));
            }
            begun.removeIf(reach -> {
                boolean has = reach.has(position);
                if (has) {
                    found.add(reach.view());
                }
                return has || reach.last() < position;
            });
        }
    }

    /**
     * The positions that a tensor has in its storage.
     *
     * @param strides from the largest on
     * @param steps how many steps of each there are at most
     * @param isExact whether each stride is larger than all smaller steps together, as in whatever was cut from or
     *     turned within a tensor; otherwise elements between are taken for the tensor's own
     */
    private record Reach(View view, long last, ImmutableLongArray strides, ImmutableLongArray steps, boolean isExact) {

        static Reach of(View view) {
            TreeMap<Long, Long> steps = new TreeMap<>();
            for (int d = 0; d < view.shape().length(); d++) {
                if (view.shape().get(d) > 1 && view.strides().get(d) > 0) {
                    steps.merge(view.strides().get(d), view.shape().get(d) - 1, Long::sum);
                }
            }
            boolean isExact = true;
            long reached = 0;
            for (Map.Entry<Long, Long> each : steps.entrySet()) {
                isExact &= each.getKey() > reached;
                reached += each.getKey() * each.getValue();
            }
            Map<Long, Long> largestFirst = steps.descendingMap();
            return new Reach(
                    view,
                    view.last(),
                    ImmutableLongArray.copyOf(largestFirst.keySet()),
                    ImmutableLongArray.copyOf(largestFirst.values()),
                    isExact);
        }

        boolean has(long position) {
            if (position > last) {
                return false;
            }
            long rest = position - view.offset();
            for (int i = 0; i < strides.length(); i++) {
                rest -= Math.min(rest / strides.get(i), steps.get(i)) * strides.get(i);
            }
            return rest == 0 || !isExact;
        }
    }
}
