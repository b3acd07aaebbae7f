package org.ndgrad.nn;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ForwardingMap;
import com.google.common.collect.ImmutableMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Predicate;
import org.ndgrad.autograd.Tensor;

/**
 * Tensors by name, in order: what {@link Block#parameters} returns. It is a map for those who ask for names and can be
 * gone through as tensors.
 *
 * <pre>{@code
 * Parameters all = model.parameters();
 * new Adam(all, 1e-3);
 * all.matching(name -> name.endsWith("bias"));
 * for (Tensor parameter : all) { … }
 * }</pre>
 *
 * <p>Cannot be changed; the tensors can.
 */
public final class Parameters extends ForwardingMap<String, Tensor> implements Iterable<Tensor> {

    private final ImmutableMap<String, Tensor> tensors;

    private Parameters(ImmutableMap<String, Tensor> tensors) {
        this.tensors = tensors;
    }

    /**
     * Returns the parameters of several layers for one optimizer: {@code new Adam(Parameters.of(encoder, decoder),
     * 1e-3)}. They are named by position, {@code 0.weight}, {@code 1.weight}; what layers share is there once.
     */
    public static Parameters of(Block... layers) {
        return new LayerList<>(layers).parameters();
    }

    /** Gives names to tensors. */
    public static Parameters of(Map<String, Tensor> tensors) {
        return new Parameters(ImmutableMap.copyOf(tensors));
    }

    /** Returns those whose name fits, {@code name -> name.endsWith("bias")}. */
    public Parameters matching(Predicate<String> name) {
        return new Parameters(tensors.entrySet().stream()
                .filter(entry -> name.test(entry.getKey()))
                .collect(toImmutableMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Returns the tensors in order. */
    @Override
    public Iterator<Tensor> iterator() {
        return tensors.values().iterator();
    }

    @Override
    protected Map<String, Tensor> delegate() {
        return tensors;
    }
}
