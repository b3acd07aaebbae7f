package org.ndgrad.benchmarks;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import java.nio.FloatBuffer;
import java.util.Random;
import org.ndgrad.benchmarks.Workload.Rule;

/** A fully connected layer by hand: y = x Wᵀ + b. All its memory is off the heap and taken once. */
final class HandWrittenLayer {

    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final int in;
    private final int out;
    private final int batch;
    private final Trained weight;
    private final Trained bias;

    /** What came in, where it came from. */
    private final OffHeap x;

    private final OffHeap output;
    private final OffHeap outputGradient;

    HandWrittenLayer(Random random, OffHeap x, int batch, int in, int out) {
        this.x = x;
        this.batch = batch;
        this.in = in;
        this.out = out;
        float bound = (float) (1 / Math.sqrt(in));
        weight = new Trained(random, bound, in * out);
        bias = new Trained(random, bound, out);
        output = new OffHeap(batch * out);
        outputGradient = new OffHeap(batch * out);
    }

    OffHeap output() {
        return output;
    }

    OffHeap outputGradient() {
        return outputGradient;
    }

    FloatBuffer weight() {
        return weight.values.buffer();
    }

    FloatBuffer bias() {
        return bias.values.buffer();
    }

    void forward() {
        FloatBuffer y = output.buffer();
        FloatBuffer b = bias();
        for (int i = 0; i < batch; i++) {
            for (int j = 0; j < out; j++) {
                y.put(i * out + j, b.get(j));
            }
        }
        cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                CblasTrans,
                batch,
                out,
                in,
                1,
                x.pointer(),
                in,
                weight.values.pointer(),
                in,
                1,
                output.pointer(),
                out);
    }

    /** Computes the gradients of weight and bias. */
    void backward() {
        FloatBuffer g = outputGradient.buffer();
        FloatBuffer sums = bias.gradient.buffer();
        for (int j = 0; j < out; j++) {
            sums.put(j, 0);
        }
        for (int i = 0; i < batch; i++) {
            for (int j = 0; j < out; j++) {
                sums.put(j, sums.get(j) + g.get(i * out + j));
            }
        }
        cblas_sgemm(
                CblasRowMajor,
                CblasTrans,
                CblasNoTrans,
                out,
                in,
                batch,
                1,
                outputGradient.pointer(),
                out,
                x.pointer(),
                in,
                0,
                weight.gradient.pointer(),
                in);
    }

    /** Computes the gradient of the input. */
    void backwardTo(OffHeap inputGradient) {
        cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                CblasNoTrans,
                batch,
                in,
                out,
                1,
                outputGradient.pointer(),
                out,
                weight.values.pointer(),
                in,
                0,
                inputGradient.pointer(),
                in);
    }

    /** Changes weight and bias; {@code t} counts the steps from 1. */
    void update(Rule rule, float rate, int t) {
        weight.update(rule, rate, t);
        bias.update(rule, rate, t);
    }

    /** A parameter, its gradient, and what Adam remembers. */
    private static final class Trained {

        private final OffHeap values;
        private final OffHeap gradient;
        private final OffHeap mean;
        private final OffHeap square;

        Trained(Random random, float bound, int count) {
            values = new OffHeap(count);
            gradient = new OffHeap(count);
            mean = new OffHeap(count);
            square = new OffHeap(count);
            for (int i = 0; i < count; i++) {
                values.buffer().put(i, (2 * random.nextFloat() - 1) * bound);
            }
        }

        void update(Rule rule, float rate, int t) {
            if (rule == Rule.SGD) {
                descend(values.buffer(), gradient.buffer(), rate);
            } else {
                adapt(values.buffer(), gradient.buffer(), rate, t);
            }
        }

        private static void descend(FloatBuffer p, FloatBuffer g, float rate) {
            for (int i = 0; i < p.capacity(); i++) {
                p.put(i, p.get(i) - rate * g.get(i));
            }
        }

        private void adapt(FloatBuffer p, FloatBuffer g, float rate, int t) {
            FloatBuffer m = mean.buffer();
            FloatBuffer v = square.buffer();
            float size = rate / (float) (1 - Math.pow(BETA1, t));
            float unbiased = 1 / (float) Math.sqrt(1 - Math.pow(BETA2, t));
            for (int i = 0; i < p.capacity(); i++) {
                float d = g.get(i);
                float nextMean = BETA1 * m.get(i) + (1 - BETA1) * d;
                float nextSquare = BETA2 * v.get(i) + (1 - BETA2) * d * d;
                m.put(i, nextMean);
                v.put(i, nextSquare);
                p.put(i, p.get(i) - size * nextMean / ((float) Math.sqrt(nextSquare) * unbiased + EPSILON));
            }
        }
    }
}
