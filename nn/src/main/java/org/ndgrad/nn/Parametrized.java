package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ndgrad.autograd.Tensor;

/**
 * A layer with one parameter that is computed. It owns what the layer owns, the others under their names; the layer
 * says how to compute with what it is given, and its own tensors are not used.
 */
final class Parametrized extends BuiltIn {

    private static final String PREFIX = "parametrizations";

    private final transient Layer layer;
    private final String name;

    Parametrized(Layer layer, String name, Parametrization parametrization) {
        this.layer = layer;
        this.name = name;
        Owned.Look look = layer.owned().look();
        look.parameters.forEach((each, tensor) -> {
            if (!each.equals(name)) {
                boolean isTrained = tensor.requiresGrad();
                parameter(each, tensor).requiresGrad(isTrained);
            }
        });
        look.buffers.forEach(this::buffer);
        look.children.forEach(this::child);
        LayerDict<Parametrization> all = new LayerDict<>();
        child(PREFIX, all.put(name, parametrization));
        mode(layer.isTraining());
    }

    @Override
    Tensor compute(Tensor x) {
        Map<String, Tensor> given = new LinkedHashMap<>(parameters());
        given.putAll(buffers());
        given.keySet().removeIf(path -> path.startsWith(PREFIX + '.'));
        given.put(name, parametrization().compute());
        Layer computing = layer.with(given);
        if (isTraining()) {
            computing.train();
        } else {
            computing.eval();
        }
        return computing.forward(x);
    }

    private Parametrization parametrization() {
        LayerDict<?> all = (LayerDict<?>) checkNotNull(owned().children.get(PREFIX));
        return (Parametrization) all.get(name);
    }

    @Override
    protected String settings() {
        return Block.name(layer) + "(" + layer.settings() + ")";
    }
}
