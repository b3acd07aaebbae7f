package org.ndgrad.benchmarks;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ndgrad.benchmarks.Workload.Activation;
import org.ndgrad.benchmarks.Workload.Loss;

/**
 * A network and its derivatives by hand: no graph, no allocation, matrix products by OpenBLAS, the rest plain loops.
 */
final class HandWrittenNetwork {

    private final Workload workload;
    private final List<HandWrittenLayer> layers = new ArrayList<>();

    /** For each hidden layer the factor of each value, 0 or 1 / (1 − p); empty without dropout. */
    private final List<float[]> masks = new ArrayList<>();

    private final float[] targets;
    private final int[] classes;
    private int steps;
    private long noise = 88172645463325252L;

    HandWrittenNetwork(Workload workload) {
        this.workload = workload;
        targets = workload.exampleTargets();
        classes = workload.exampleClasses();
        var random = new Random(1);
        var x = new OffHeap(workload.batch() * workload.inputs());
        x.buffer().put(0, workload.exampleInputs());
        for (int i = 0; i < workload.layers(); i++) {
            int in = workload.sizes().get(i);
            int out = workload.sizes().get(i + 1);
            OffHeap from = i == 0 ? x : layers.get(i - 1).output();
            layers.add(new HandWrittenLayer(random, from, workload.batch(), in, out));
            if (workload.dropout() > 0) {
                masks.add(new float[workload.batch() * out]);
            }
        }
    }

    List<HandWrittenLayer> layers() {
        return layers;
    }

    /** Trains one step and returns the loss before it. */
    double step() {
        int last = layers.size() - 1;
        for (int i = 0; i <= last; i++) {
            layers.get(i).forward();
            if (i < last) {
                activate(i, layers.get(i).output().buffer());
            }
        }
        double loss = workload.loss() == Loss.MSE ? mse() : crossEntropy();
        for (int i = last; i >= 0; i--) {
            HandWrittenLayer layer = layers.get(i);
            layer.backward();
            if (i > 0) {
                HandWrittenLayer before = layers.get(i - 1);
                layer.backwardTo(before.outputGradient());
                deactivate(
                        i - 1, before.output().buffer(), before.outputGradient().buffer());
            }
        }
        steps++;
        for (HandWrittenLayer layer : layers) {
            layer.update(workload.rule(), (float) workload.rate(), steps);
        }
        return loss;
    }

    private void activate(int layer, FloatBuffer y) {
        boolean relu = workload.activation() == Activation.RELU;
        int count = y.capacity();
        if (relu) {
            for (int i = 0; i < count; i++) {
                y.put(i, Math.max(y.get(i), 0));
            }
        } else {
            for (int i = 0; i < count; i++) {
                y.put(i, (float) Math.tanh(y.get(i)));
            }
        }
        if (workload.dropout() > 0) {
            drop(masks.get(layer), y);
        }
    }

    private void drop(float[] mask, FloatBuffer y) {
        float scale = (float) (1 / (1 - workload.dropout()));
        long bound = (long) (workload.dropout() * (1L << 32));
        for (int i = 0; i < mask.length; i++) {
            noise ^= noise << 13;
            noise ^= noise >>> 7;
            noise ^= noise << 17;
            mask[i] = noise >>> 32 < bound ? 0 : scale;
            y.put(i, y.get(i) * mask[i]);
        }
    }

    /** Multiplies the gradient by the derivative at y. */
    private void deactivate(int layer, FloatBuffer y, FloatBuffer g) {
        int count = y.capacity();
        if (workload.dropout() > 0) {
            float[] mask = masks.get(layer);
            for (int i = 0; i < count; i++) {
                g.put(i, g.get(i) * mask[i]);
            }
        }
        if (workload.activation() == Activation.RELU) {
            for (int i = 0; i < count; i++) {
                g.put(i, y.get(i) > 0 ? g.get(i) : 0);
            }
        } else {
            for (int i = 0; i < count; i++) {
                g.put(i, g.get(i) * (1 - y.get(i) * y.get(i)));
            }
        }
    }

    private double mse() {
        FloatBuffer y = layers.get(layers.size() - 1).output().buffer();
        FloatBuffer g = layers.get(layers.size() - 1).outputGradient().buffer();
        int count = targets.length;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            float error = y.get(i) - targets[i];
            sum += error * error;
            g.put(i, 2 * error / count);
        }
        return sum / count;
    }

    private double crossEntropy() {
        FloatBuffer y = layers.get(layers.size() - 1).output().buffer();
        FloatBuffer g = layers.get(layers.size() - 1).outputGradient().buffer();
        int width = workload.outputs();
        double loss = 0;
        for (int row = 0; row < workload.batch(); row++) {
            int start = row * width;
            float highest = Float.NEGATIVE_INFINITY;
            for (int i = start; i < start + width; i++) {
                highest = Math.max(highest, y.get(i));
            }
            double sum = 0;
            for (int i = start; i < start + width; i++) {
                float power = (float) Math.exp(y.get(i) - highest);
                g.put(i, power);
                sum += power;
            }
            float scale = (float) (1 / (sum * workload.batch()));
            for (int i = start; i < start + width; i++) {
                g.put(i, g.get(i) * scale);
            }
            int target = start + classes[row];
            g.put(target, g.get(target) - 1f / workload.batch());
            loss += Math.log(sum) + highest - y.get(target);
        }
        return loss / workload.batch();
    }
}
