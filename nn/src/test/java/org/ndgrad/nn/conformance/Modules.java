package org.ndgrad.nn.conformance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.Layer;

/** How each of PyTorch's modules is made and called here: a row a module, in files by family. */
final class Modules {

    /**
     * A module that was made.
     *
     * @param block ours
     * @param forward how it is called
     */
    record Model(Block block, Calls.Call forward) {}

    /**
     * A row.
     *
     * @param name PyTorch's name
     * @param constructor from the arguments of PyTorch's constructor
     */
    record Row(String name, Function<Arguments, Model> constructor) {}

    private static final Map<String, Row> ROWS = ImmutableList.<Row>builder()
            .addAll(BasicModules.rows())
            .addAll(RecurrentModules.rows())
            .addAll(ConvolutionModules.rows())
            .addAll(EmbeddingModules.rows())
            .addAll(NormalizationModules.rows())
            .addAll(ActivationModules.rows())
            .addAll(PoolingModules.rows())
            .addAll(SpatialModules.rows())
            .addAll(LossModules.rows())
            .addAll(AttentionModules.rows())
            .build()
            .stream()
            .collect(ImmutableSortedMap.toImmutableSortedMap(String::compareTo, Row::name, row -> row));

    private Modules() {}

    static Optional<Row> of(String name) {
        return Optional.ofNullable(ROWS.get(name));
    }

    /** A row of a layer, which takes and returns one tensor. */
    static Row layer(String name, Function<Arguments, Layer> constructor) {
        return new Row(name, a -> {
            Layer layer = constructor.apply(a);
            return new Model(layer, call -> List.of(layer.forward(call.input())));
        });
    }

    /** A row of a block that is called in a way of its own. */
    static <B extends Block> Row block(
            String name, Function<Arguments, B> constructor, Function<B, Calls.Call> forward) {
        return new Row(name, a -> {
            B block = constructor.apply(a);
            return new Model(block, forward.apply(block));
        });
    }
}
