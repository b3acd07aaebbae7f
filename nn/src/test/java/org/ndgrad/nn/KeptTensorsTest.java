package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.Dataset;
import org.ndgrad.nn.data.MinMaxScaler;
import org.ndgrad.nn.data.RobustScaler;
import org.ndgrad.nn.data.Standardizer;
import org.ndgrad.nn.data.Subset;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.optim.AdamOptions;
import org.ndgrad.nn.optim.Optimizer;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.nn.optim.SgdOptions;

/** What an object keeps outlives the scope in which it got it. */
class KeptTensorsTest {

    /** Sizes of memory that Java holds, and of memory that is lent. */
    private static final ImmutableList<Integer> SIZES = ImmutableList.of(3, 8000);

    /** A layer that registers results of operations. */
    private static final class Registered extends Layer {
        private final Tensor scale;
        private final Tensor shift;

        Registered(Tensor scale, Tensor shift) {
            this.scale = parameter("scale", scale);
            this.shift = buffer("shift", shift);
        }

        @Override
        public Tensor forward(Tensor x) {
            return x.mul(scale).add(shift);
        }
    }

    /** Keeps results of operations as state, as users' optimizers may. */
    private static final class Averaging extends Optimizer {
        private final IdentityHashMap<Tensor, Tensor> averages = new IdentityHashMap<>();
        private final IdentityHashMap<Tensor, Tensor> gradients = new IdentityHashMap<>();

        Averaging(Tensor parameter) {
            super(ImmutableList.of(parameter), 0.1);
        }

        @Override
        protected void update(Tensor parameter, Tensor grad) {
            Tensor before = averages.get(parameter);
            averages.put(
                    parameter, before == null ? grad.mul(1) : before.mul(0.5).add(grad.mul(0.5)));
            gradients.put(parameter, grad);
            parameter.sub_(averages.get(parameter).mul(learningRate()));
        }
    }

    private static Tensor result(int size) {
        return Tensor.ones(2, size).mul(3).detach();
    }

    private static Arguments holder(String name, int size, Function<Tensor, Supplier<Tensor>> made) {
        return Arguments.of(name + " of " + size, size, made);
    }

    /** Objects made of a tensor, as functions that read what they keep. */
    static Stream<Arguments> holders() {
        return SIZES.stream()
                .flatMap(n -> Stream.of(
                        holder("Standardizer", n, x -> {
                            Standardizer standardizer = Standardizer.fit(x);
                            return () -> standardizer
                                    .inverse(standardizer.transform(Tensor.ones(2, n)))
                                    .add(standardizer.mean())
                                    .add(standardizer.deviation());
                        }),
                        holder("MinMaxScaler", n, x -> {
                            MinMaxScaler scaler = MinMaxScaler.fit(x);
                            return () -> scaler.inverse(scaler.transform(Tensor.ones(2, n)));
                        }),
                        holder("RobustScaler", n, x -> {
                            RobustScaler scaler = RobustScaler.fit(x);
                            RobustScaler loaded = new RobustScaler();
                            loaded.load(scaler.stateDict());
                            return () -> scaler.inverse(loaded.transform(Tensor.ones(2, n)));
                        }),
                        holder("Layer", n, x -> {
                            Layer layer = new Registered(x, x.add(1));
                            return () -> layer.forward(Tensor.ones(2, n));
                        }),
                        holder("Linear", n, x -> {
                            Layer layer = Linear.of(x, x.sum(1).detach());
                            return () -> layer.forward(Tensor.ones(2, n));
                        }),
                        holder("Batch", n, x -> {
                            Batch batch = new Batch(x, x.add(1));
                            return () -> batch.features().add(batch.targets());
                        }),
                        holder("TensorDataset", n, x -> {
                            TensorDataset dataset = new TensorDataset(x, x.add(1));
                            return () -> dataset.all()
                                    .features()
                                    .add(dataset.batch(1, 0).targets());
                        }),
                        holder("a batch of a DataLoader", n, x -> {
                            Batch batch = new DataLoader<>(new TensorDataset(x, x), 2)
                                    .iterator()
                                    .next();
                            return () -> batch.features().add(batch.targets());
                        }),
                        holder("a batch of tensors", n, x -> {
                            Tensor batch = new DataLoader<>(Dataset.of(x).map(row -> row.mul(2)), 2)
                                    .iterator()
                                    .next();
                            return () -> batch;
                        }),
                        holder("Dataset.of", n, x -> {
                            Dataset<Tensor> rows = Dataset.of(x);
                            return rows::all;
                        }),
                        holder("a cached data set", n, x -> {
                            Dataset<Tensor> cached =
                                    Dataset.of(x).map(row -> row.mul(2)).cached();
                            cached.get(0);
                            return () -> cached.get(0);
                        }),
                        holder("Subset", n, x -> {
                            Subset<Batch> subset = new Subset<>(new TensorDataset(x, x), 1);
                            return () -> subset.all().features();
                        }),
                        holder("BceOptions", n, x -> {
                            BceOptions options =
                                    BceOptions.defaults().withWeight(x).withPositiveWeight(x.add(1));
                            return () ->
                                    Losses.binaryCrossEntropyWithLogits(Tensor.ones(2, n), Tensor.ones(2, n), options);
                        }),
                        holder("CrossEntropyOptions", n, x -> {
                            CrossEntropyOptions options = CrossEntropyOptions.defaults()
                                    .withWeight(x.select(0, 0).add(1));
                            return () -> Losses.crossEntropy(Tensor.ones(2, n), Tensor.of(0, 1), options);
                        }),
                        holder("MaskOptions", n, x -> {
                            MaskOptions options =
                                    MaskOptions.defaults().withMask(x).withKeyPaddingMask(x.add(1));
                            return () -> options.keyPaddingMask()
                                    .orElseThrow()
                                    .sub(options.mask().orElseThrow());
                        }),
                        holder("MultiMarginOptions", n, x -> {
                            MultiMarginOptions options = MultiMarginOptions.defaults()
                                    .withWeight(x.select(0, 0).add(1));
                            return () -> Losses.multiMarginLoss(Tensor.ones(2, n), Tensor.of(0, 1), options);
                        })));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("holders")
    void objectsOutliveTheScopeTheyWereMadeIn(String name, int size, Function<Tensor, Supplier<Tensor>> made) {
        double expected = made.apply(result(size)).get().sum().item();

        Supplier<Tensor> inScope;
        try (MemoryScope outer = MemoryScope.open()) {
            try (MemoryScope inner = MemoryScope.open()) {
                inScope = made.apply(result(size));
            }
            assertThat(inScope.get().sum().item()).isEqualTo(expected);
        }

        assertThat(inScope.get().sum().item()).isEqualTo(expected);
    }

    /** Models of n features, half of them with buffers or parameters that are not registered. */
    private static final ImmutableMap<String, IntFunction<Block>> MODELS = ImmutableMap.of(
            "Linear", n -> new Linear(n, 3),
            "a frozen one", n -> new Linear(n, 3).freeze(),
            "Sequential", n -> new Sequential(new Linear(n, 3), new BatchNorm1d(3), new Relu()),
            "Lstm", n -> new Lstm(n, 2),
            "a layer with a norm of its weight", n -> Parametrizations.spectralNorm(new Linear(n, 3)),
            "a layer of a user",
                    n -> new Layer() {
                        private final List<Tensor> scales =
                                List.of(Tensor.ones(n).requiresGrad(true));

                        @Override
                        public Tensor forward(Tensor x) {
                            return x.mul(scales.get(0));
                        }
                    });

    static Stream<Arguments> models() {
        ImmutableMap<String, UnaryOperator<Block>> changes = ImmutableMap.of(
                "copied", Block::copy,
                "converted", model -> model.to(DataType.DOUBLE),
                "converted and copied", model -> model.to(DataType.BFLOAT16).copy(),
                "loaded", model -> model.load(Maps.transformValues(model.stateDict(), each -> each.mul(2))));
        return MODELS.keySet().stream()
                .flatMap(model -> changes.keySet().stream()
                        .flatMap(change -> SIZES.stream()
                                .map(n -> Arguments.of(model, change, n, MODELS.get(model), changes.get(change)))));
    }

    @ParameterizedTest(name = "{0} of {2}, {1}")
    @MethodSource("models")
    void modelsThatWereMadeOfOthersInAScopeAreWhole(
            String name, String change, int n, IntFunction<Block> made, UnaryOperator<Block> changed) {
        Block model = made.apply(n).eval();
        Map<String, double[]> expected = values(changed.apply(model.copy()));

        Block inScope;
        try (MemoryScope outer = MemoryScope.open()) {
            try (MemoryScope inner = MemoryScope.open()) {
                inScope = changed.apply(model);
            }
        }

        assertThat(values(inScope)).usingRecursiveComparison().isEqualTo(expected);
    }

    private static Map<String, double[]> values(Block model) {
        return ImmutableMap.copyOf(Maps.transformValues(model.stateDict(), Tensor::toDoubleArray));
    }

    @Test
    void aConvertedModelComputesAfterTheScope() {
        Linear linear = new Linear(3, 2);
        try (MemoryScope scope = MemoryScope.open()) {
            linear.to(DataType.DOUBLE);
        }

        linear.forward(Tensor.ones(DataType.DOUBLE, 4, 3)).sum().backward();

        assertThat(linear.bias().grad().toDoubleArray()).containsExactly(4, 4);
    }

    private static final ImmutableMap<String, Function<Tensor, Optimizer>> OPTIMIZERS = ImmutableMap.of(
            "Sgd", w -> new Sgd(ImmutableList.of(w), 0.1, SgdOptions.defaults().withMomentum(0.9)),
            "Adam",
                    w -> new Adam(
                            ImmutableList.of(w), 0.1, AdamOptions.defaults().withAmsgrad(true)),
            "one of a user", Averaging::new);

    static Stream<Arguments> optimizers() {
        return OPTIMIZERS.entrySet().stream()
                .flatMap(each -> SIZES.stream().map(n -> Arguments.of(each.getKey(), n, each.getValue())));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("optimizers")
    void optimizersKeepParametersAndStateOfStepsInScopes(String name, int n, Function<Tensor, Optimizer> made) {
        double[] expected = trained(n, made, Optional::empty);

        double[] inScopes = trained(n, made, () -> Optional.of(MemoryScope.open()));

        assertThat(inScopes).containsExactly(expected);
    }

    private static double[] trained(int n, Function<Tensor, Optimizer> made, Supplier<Optional<MemoryScope>> scopes) {
        Optional<MemoryScope> first = scopes.get();
        Tensor w = result(n).requiresGrad(true);
        Optimizer optimizer = made.apply(w);
        first.ifPresent(MemoryScope::close);
        for (int step = 0; step < 3; step++) {
            Optional<MemoryScope> scope = scopes.get();
            optimizer.zeroGrad();
            w.square().sum().backward();
            optimizer.step();
            scope.ifPresent(MemoryScope::close);
        }
        return w.toDoubleArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 8000})
    void whatAStepMakesOnTheWayIsNoStateOfTheScope(int n) {
        Tensor w = result(n).requiresGrad(true);
        Averaging optimizer = new Averaging(w);

        try (MemoryScope scope = MemoryScope.open()) {
            w.square().sum().backward();
            optimizer.step();
            optimizer.zeroGrad();
        }

        assertThat(optimizer.gradients.get(w).sum().item()).isEqualTo(6.0 * 2 * n);
        assertThat(optimizer.averages.get(w).sum().item()).isEqualTo(6.0 * 2 * n);
    }

    @Test
    void afterAStepTheScopeGoesOn() {
        Tensor w = result(3).requiresGrad(true);
        Averaging optimizer = new Averaging(w);
        Tensor later;
        try (MemoryScope scope = MemoryScope.open()) {
            w.square().sum().backward();
            optimizer.step();
            later = w.mul(2);
        }

        assertThatThrownBy(later::toDoubleArray).isInstanceOf(IllegalStateException.class);
    }
}
