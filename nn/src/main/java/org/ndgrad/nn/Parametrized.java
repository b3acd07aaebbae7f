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
        own(this, layer, name, parametrization);
    }

    /** Registers with the owner what a block owns, with a parametrization in the place of one parameter. */
    static void own(Block owner, Block block, String name, Parametrization parametrization) {
        Owned.Look look = block.owned().look();
        look.parameters.forEach((each, tensor) -> {
            if (!each.equals(name)) {
                boolean isTrained = tensor.requiresGrad();
                owner.parameter(each, tensor).requiresGrad(isTrained);
            }
        });
        look.buffers.forEach(owner::buffer);
        look.children.forEach(owner::child);
        LayerDict<Parametrization> all = new LayerDict<>();
        owner.child(PREFIX, all.put(name, parametrization));
        owner.mode(block.isTraining());
    }

    @Override
    Tensor compute(Tensor x) {
        return ((Layer) computing(this, layer, name)).forward(x);
    }

    /** Returns the block with what the owner has, and the parameter that comes out of it. */
    static Block computing(Block owner, Block block, String name) {
        Map<String, Tensor> given = new LinkedHashMap<>(owner.parameters());
        given.putAll(owner.buffers());
        given.keySet().removeIf(path -> path.startsWith(PREFIX + '.'));
        LayerDict<?> all = (LayerDict<?>) checkNotNull(owner.owned().children.get(PREFIX));
        given.put(name, ((Parametrization) all.get(name)).compute());
        Block computing = block.with(given);
        return owner.isTraining() ? computing.train() : computing.eval();
    }

    @Override
    protected String settings() {
        return Block.name(layer) + "(" + layer.settings() + ")";
    }
}
