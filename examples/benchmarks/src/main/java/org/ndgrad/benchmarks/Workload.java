package org.ndgrad.benchmarks;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import java.util.Random;

/**
 * One training step to be timed: a network of fully connected layers, its loss and its optimizer. All peers train the
 * same in float32.
 *
 * @param name as in tables, such as W2
 * @param sizes of the input, of the hidden layers and of the output
 * @param batch how many samples there are in a step
 * @param activation behind each hidden layer
 * @param dropout the part of each hidden layer that is dropped, 0 for none
 * @param loss at the end
 * @param rule of the optimizer
 * @param rate the optimizer's learning rate
 */
record Workload(
        String name,
        List<Integer> sizes,
        int batch,
        Activation activation,
        double dropout,
        Loss loss,
        Rule rule,
        double rate) {

    enum Activation {
        RELU,
        TANH
    }

    enum Loss {
        MSE,
        /** Of class indices and logits. */
        CROSS_ENTROPY
    }

    enum Rule {
        SGD,
        ADAM
    }

    /** The five that are compared with other libraries. */
    static final List<Workload> ALL = List.of(
            new Workload("W2", List.of(2, 10, 10, 2), 1, Activation.RELU, 0, Loss.MSE, Rule.SGD, 0.01),
            new Workload("W3", List.of(1, 15, 1), 144, Activation.TANH, 0, Loss.MSE, Rule.ADAM, 0.01),
            new Workload(
                    "W4", List.of(784, 256, 128, 10), 64, Activation.RELU, 0.2, Loss.CROSS_ENTROPY, Rule.ADAM, 0.001),
            new Workload(
                    "W4t", List.of(784, 256, 128, 10), 128, Activation.TANH, 0, Loss.CROSS_ENTROPY, Rule.SGD, 0.001),
            new Workload(
                    "W5", List.of(1024, 1024, 1024, 10), 256, Activation.RELU, 0, Loss.CROSS_ENTROPY, Rule.SGD, 0.001));

    /** Returns the workload of this name. */
    static Workload named(String name) {
        return ALL.stream().filter(w -> w.name.equals(name)).findFirst().orElseThrow(() -> {
            String names = String.join(", ", ALL.stream().map(Workload::name).toList());
            return new IllegalArgumentException("steps: expected some of %s; got %s.".formatted(names, name));
        });
    }

    /** Returns the workloads of these names, or all if there are none. */
    static List<Workload> named(List<String> names) {
        return names.isEmpty() ? ALL : names.stream().map(Workload::named).toList();
    }

    /** Returns a classifier with ReLU, cross-entropy and SGD. */
    static Workload classifier(int batch, List<Integer> sizes) {
        checkArgument(sizes.size() >= 2, "classifier: expected at least 2 sizes; got %s.", sizes);
        String name = "%s, batch %s".formatted(sizes, batch);
        return new Workload(name, sizes, batch, Activation.RELU, 0, Loss.CROSS_ENTROPY, Rule.SGD, 0.001);
    }

    /** Returns how many layers have weights. */
    int layers() {
        return sizes.size() - 1;
    }

    int inputs() {
        return sizes.get(0);
    }

    int outputs() {
        return sizes.get(layers());
    }

    /** Returns (samples × inputs) numbers in [0, 1), the same for each call. */
    float[] exampleInputs() {
        return uniform(11, batch * inputs());
    }

    /** Returns (samples × outputs) numbers in [0, 1), the same for each call. */
    float[] exampleTargets() {
        return uniform(12, batch * outputs());
    }

    /** Returns a class for each sample, the same for each call. */
    int[] exampleClasses() {
        return new Random(13).ints(batch, 0, outputs()).toArray();
    }

    /** Returns the classes as rows of zeros with a one each. */
    float[] oneHotClasses() {
        int[] classes = exampleClasses();
        float[] rows = new float[batch * outputs()];
        for (int i = 0; i < batch; i++) {
            rows[i * outputs() + classes[i]] = 1;
        }
        return rows;
    }

    private static float[] uniform(long seed, int count) {
        var random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }
}
