package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.DataLoaderOptions;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.optim.Gradients;
import org.ndgrad.nn.optim.Sgd;

/** What the threads of {@link ThreadHuntTest} do: each action uses memory, gives it back, and knows what comes out. */
final class HuntActions {

    private static final long[][] SHAPES = {{1}, {7, 5}, {64, 64}, {65, 64}, {300, 300}, {300, 300}, {1000, 1000}};
    private static final DataType[] TYPES = {DataType.FLOAT, DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16};
    private static final double[] VALUES = {0.5, 2, 3, 4}; // whose squares and multiples any type holds

    /** A tensor that has one value everywhere. */
    record Filled(Tensor tensor, double value) {

        static Filled random(Random random) {
            long[] shape = SHAPES[random.nextInt(SHAPES.length)];
            double value = VALUES[random.nextInt(VALUES.length)];
            Tensor ones = Tensor.ones(TYPES[random.nextInt(TYPES.length)], shape);
            return new Filled(ones.mul(value), value);
        }

        Filled leaf() {
            return new Filled(tensor.detach().requiresGrad(true), value);
        }

        void check() {
            assertIs(tensor, value);
        }
    }

    /** A loss in a graph that another thread will go through, and what its leaf's gradient is then. */
    private record Unfinished(Tensor leaf, Tensor loss, double gradient) {}

    private final List<Consumer<Random>> actions = List.of(
            this::addToLeaf,
            this::addToLeaf,
            this::removeGradient,
            this::replaceGradient,
            this::readGradient,
            this::step,
            this::clip,
            this::scope,
            this::lendScope,
            this::useScopeOfAnother,
            this::createGraph,
            this::chain,
            this::retainGraph,
            this::leaveToAnother,
            this::finishForAnother,
            this::handOut,
            this::operationOfAUser,
            this::sharedModel,
            this::modelOverSharedParameters,
            this::evaluate,
            this::load,
            this::train);

    private final List<Tensor> leaves = new ArrayList<>();
    private final Queue<Tensor> inScopes = new ConcurrentLinkedQueue<>();
    private final Queue<Unfinished> unfinished = new ConcurrentLinkedQueue<>();
    private final Queue<INDArray> handedOut = new ConcurrentLinkedQueue<>();
    private final Tensor input = Tensor.randn(DataType.FLOAT, new Rng(1), 64, 100);
    private final Sequential model = model(2);
    private final ImmutableList<Tensor> parameters =
            ImmutableList.copyOf(model.parameters().values());
    private final List<double[]> gradients = gradients(model);
    private final double[] output = model.forward(input).toDoubleArray();
    private final double[] trained = trained();
    private final TensorDataset data = new TensorDataset(
            Tensor.arange(300)
                    .to(DataType.FLOAT)
                    .reshape(300, 1)
                    .expand(300, 257)
                    .clone(),
            Tensor.arange(300).to(DataType.FLOAT));

    HuntActions() {
        for (long[] shape : SHAPES) {
            for (DataType type : TYPES) {
                leaves.add(Tensor.ones(type, shape).requiresGrad(true));
            }
        }
    }

    /** Does one of them. */
    void any(Random random) {
        actions.get(random.nextInt(actions.size())).accept(random);
    }

    /** Checks that nobody has changed a shared leaf: all its steps have the length 0. */
    void checkLeaves() {
        leaves.forEach(leaf -> assertIs(leaf, 1));
    }

    private static void assertIs(Tensor tensor, double value) {
        assertThat(tensor.min().item()).isEqualTo(value);
        assertThat(tensor.max().item()).isEqualTo(value);
    }

    private Tensor sharedLeaf(Random random) {
        return leaves.get(random.nextInt(leaves.size()));
    }

    /** Runs what may fail with this message, and no other, since another thread was faster. */
    private static void unless(String message, Runnable action) {
        try {
            action.run();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining(message);
        }
    }

    // Gradients of leaves that all share: sums of ones and twos

    private void addToLeaf(Random random) {
        Tensor leaf = sharedLeaf(random);
        if (random.nextBoolean()) {
            leaf.mul(1).sum().backward();
        } else {
            unless("expected its saved tensor", () -> leaf.square().sum().backward());
        }
    }

    private void removeGradient(Random random) {
        sharedLeaf(random).zeroGrad();
    }

    private void replaceGradient(Random random) {
        Tensor leaf = sharedLeaf(random);
        leaf.grad(Tensor.onesLike(leaf.detach()).mul(1));
    }

    private void readGradient(Random random) {
        Tensor leaf = sharedLeaf(random);
        unless("grad: expected a gradient; got none", () -> {
            Tensor seen = leaf.grad();
            leaf.zeroGrad();
            assertThat(Arrays.stream(seen.toDoubleArray()).allMatch(sum -> sum > 0 && sum == Math.rint(sum)))
                    .isTrue();
        });
    }

    private void step(Random random) {
        List<Tensor> some = List.of(sharedLeaf(random));
        if (random.nextBoolean()) {
            new Sgd(some, 0).step();
        } else {
            new Adam(some, 0).step();
        }
    }

    private void clip(Random random) {
        List<Tensor> some = List.of(sharedLeaf(random));
        assertThat(Gradients.clipGradNorm(some, 1e30)).isNotNegative();
        Gradients.clipGradValue(some, 1e6);
    }

    // Scopes

    private void scope(Random random) {
        Filled leaf = Filled.random(random).leaf();
        Tensor kept;
        Tensor gone;
        try (MemoryScope scope = MemoryScope.open()) {
            gone = leaf.tensor.mul(2);
            kept = scope.keep(gone.add(1));
            if (random.nextBoolean()) {
                kept.sum().backward();
            } else {
                kept.sum().backward(Backward.CREATE_GRAPH);
            }
        }
        assertIs(kept, 2 * leaf.value + 1);
        assertIs(leaf.tensor.grad(), 2);
        assertThatThrownBy(gone::sum).isInstanceOf(IllegalStateException.class);
    }

    private void lendScope(Random random) {
        try (MemoryScope scope = MemoryScope.open()) {
            Tensor two = Filled.random(random).tensor.mul(0).add(2);
            inScopes.add(two);
            for (int i = 0; i < 3; i++) {
                assertIs(two, 2);
            }
            inScopes.remove(two);
        }
    }

    private void useScopeOfAnother(Random random) {
        Tensor two = inScopes.peek();
        if (two != null) {
            unless("when its scope closed", () -> {
                for (int i = 0; i < 5; i++) {
                    two.fill_(2);
                    assertIs(two, 2);
                    assertIs(two.mul(3), 6);
                }
            });
        }
    }

    // Passes through graphs of one's own, or of one thread at a time

    private void createGraph(Random random) {
        Filled x = Filled.random(random).leaf();
        Tensor cube = x.tensor.mul(x.tensor).mul(x.tensor);
        Tensor first = Autograd.grad(
                        List.of(cube),
                        List.of(x.tensor),
                        List.of(Tensor.onesLike(x.tensor.detach())),
                        Backward.CREATE_GRAPH)
                .get(0);
        first.sum().backward();
        assertIs(first, 3 * x.value * x.value);
        assertIs(x.tensor.grad(), 6 * x.value);
    }

    private void chain(Random random) {
        Filled x = Filled.random(random).leaf();
        List<UnaryOperator<Tensor>> functions = List.of(
                Tensor::neg, Tensor::square, y -> y.mul(0.5), y -> y.reshape(y.numel()), y -> y.add(y), Tensor::relu);
        Tensor y = MemoryScope.chain(x.tensor, functions);
        assertIs(y, x.value * x.value);
        y.sum().backward();
        assertIs(x.tensor.grad(), 2 * x.value);
        Autograd.noGrad(() -> assertIs(MemoryScope.chain(x.tensor, functions), x.value * x.value));
    }

    private void retainGraph(Random random) {
        Filled x = Filled.random(random).leaf();
        Tensor squares = x.tensor.square().retainGrad();
        Tensor loss = squares.sum();
        loss.backward(Backward.RETAIN_GRAPH);
        loss.backward(Backward.RETAIN_GRAPH);
        loss.backward();
        assertIs(x.tensor.grad(), 6 * x.value);
        assertIs(squares.grad(), 3);
    }

    private void leaveToAnother(Random random) {
        if (unfinished.size() < 8) {
            Filled x = Filled.random(random).leaf();
            Tensor loss = MemoryScope.chain(x.tensor, List.of(Tensor::square, y -> y.mul(2), Tensor::neg, Tensor::sum));
            unfinished.add(new Unfinished(x.tensor, loss, -4 * x.value));
        }
    }

    private void finishForAnother(Random random) {
        Unfinished graph = unfinished.poll();
        if (graph != null) {
            graph.loss.backward();
            assertIs(graph.leaf.grad(), graph.gradient);
        }
    }

    private void handOut(Random random) {
        handedOut.add(Filled.random(random).tensor.mul(0).sub(1).data());
        if (handedOut.size() > 8) {
            INDArray array = handedOut.remove();
            assertThat(array.getDouble(0)).isEqualTo(-1);
            assertThat(array.getDouble(array.length() - 1)).isEqualTo(-1);
        }
    }

    private void operationOfAUser(Random random) {
        Filled x = Filled.random(random).leaf();
        List<Tensor> seen = new ArrayList<>();
        Tensor y = x.tensor.mul(2);
        Op.of("identity", y.detach().clone().data())
                .wrt(y, g -> {
                    seen.add(g);
                    return g;
                })
                .tensor()
                .mul(3)
                .sum()
                .backward();
        Tensor gradient = x.tensor.grad();
        x.tensor.zeroGrad();
        assertIs(seen.get(0), 3);
        assertIs(gradient, 6);
    }

    // Models

    private static Sequential model(long seed) {
        LinearOptions options = LinearOptions.defaults().withRng(new Rng(seed));
        return new Sequential(
                new Linear(100, 130, options),
                new Tanh(),
                new Linear(130, 70, options),
                new Relu(),
                new Linear(70, 3, options));
    }

    private Tensor loss(Layer layer) {
        return layer.forward(input).square().mean();
    }

    private List<double[]> gradients(Layer layer) {
        return Autograd.grad(loss(layer), parameters).stream()
                .map(Tensor::toDoubleArray)
                .toList();
    }

    private void sharedModel(Random random) {
        List<double[]> now = gradients(model);
        for (int i = 0; i < now.size(); i++) {
            assertThat(Arrays.equals(now.get(i), gradients.get(i))).isTrue();
        }
    }

    private void modelOverSharedParameters(Random random) {
        Linear first = (Linear) model.get(0);
        Linear second = (Linear) model.get(2);
        Layer own = new Sequential(Linear.of(first.weight()), new Tanh(), Linear.of(second.weight()), new Relu());
        loss(own).backward();
        if (random.nextBoolean()) {
            assertThat(Gradients.clipGradNorm(parameters, 1e30)).isNotNaN();
        }
        model.zeroGrad();
    }

    private void evaluate(Random random) {
        double[] now = Autograd.noGrad(() -> model.forward(input)).toDoubleArray();
        assertThat(Arrays.equals(now, output)).isTrue();
    }

    private void load(Random random) {
        DataLoaderOptions options = DataLoaderOptions.defaults().withShuffle(new Rng(random.nextLong()));
        for (Batch batch : new DataLoader<>(data, 64, options)) {
            Tensor rows = batch.targets().reshape(batch.size(), 1);
            assertIs(batch.features().sub(rows), 0);
        }
    }

    private double[] trained() {
        Sequential own = model(3);
        Adam adam = new Adam(own.parameters(), 0.01);
        for (int i = 0; i < 3; i++) {
            adam.zeroGrad();
            loss(own).backward();
            Gradients.clipGradNorm(own.parameters(), 0.5);
            adam.step();
        }
        return ((Linear) own.get(2)).weight().toDoubleArray();
    }

    private void train(Random random) {
        assertThat(Arrays.equals(trained(), trained)).isTrue();
    }
}
