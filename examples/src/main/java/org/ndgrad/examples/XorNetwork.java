package org.ndgrad.examples;

import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.plot.Field;
import org.ndgrad.plot.Plot;

/**
 * Two neurons that compute XOR: the first sees both inputs, the second both inputs and the first.
 *
 * <pre>
 * v1 = w11 x1 + w12 x2 + b1                y1 = φ(v1)
 * v2 = w21 x1 + w22 x2 + w23 y1 + b2       y2 = φ(v2)
 * </pre>
 */
final class XorNetwork {

    /** The ends of the axes in the picture. */
    private static final double LOW = -0.5;

    private static final double HIGH = 2;

    /** Inputs x1 and x2, and the target d. */
    private static final double[][] PATTERNS = {{0, 0, 0}, {0, 1, 1}, {1, 0, 1}, {1, 1, 0}};

    final Tensor w11 = weight(1);
    final Tensor w12 = weight(1);
    final Tensor b1 = weight(-1.5);
    final Tensor w21 = weight(1);
    final Tensor w22 = weight(1);
    final Tensor w23 = weight(-2);
    final Tensor b2 = weight(-0.5);

    private final Sgd sgd = new Sgd(List.of(w11, w12, b1, w21, w22, w23, b2), 1);

    /** What one pattern gave: the sums, the outputs and ½ (d − y2)², with gradients at the sums. */
    record Pass(Tensor v1, Tensor y1, Tensor v2, Tensor y2, Tensor error) {

        /** Returns the delta rule's δ1, which is −∂E/∂v1. */
        double delta1() {
            return -v1.grad().item();
        }

        /** Returns the delta rule's δ2, which is −∂E/∂v2. */
        double delta2() {
            return -v2.grad().item();
        }
    }

    private static Tensor weight(double value) {
        return Tensor.of(DOUBLE, value).requiresGrad(true);
    }

    /** Runs problem 1 of the assignment. */
    static void show(Path folder) {
        truthTable();
        lines().save(folder.resolve("xor.png"));
        deltaRule();
    }

    /** Returns the output for every row (x1, x2) with the threshold φ(v) = 1 if v &gt; 0, else 0. */
    static Tensor threshold(Tensor x) {
        Tensor sum = x.sum(1);
        Tensor y1 = sum.sub(1.5).gt(0).to(DOUBLE);
        return sum.sub(y1.mul(2)).sub(0.5).gt(0).to(DOUBLE);
    }

    private static void truthTable() {
        System.out.println("Problem 1: the network with a threshold. (The assignment heads its columns x0 and x1.)");
        System.out.println("  x1  x2  output");
        for (double[] pattern : PATTERNS) {
            double output = threshold(Tensor.of(DOUBLE, new double[][] {{pattern[0], pattern[1]}}))
                    .item();
            System.out.printf(Locale.ROOT, "  %2.0f  %2.0f  %6.0f%n", pattern[0], pattern[1], output);
        }
        System.out.println("""
                It switches at x1 + x2 = 0.5 and 1.5, as the assignment says, and once more at 2.5, where the first neuron
                is on and the second comes back; the four points do not notice.
                """);
    }

    private static Plot lines() {
        Field output = points -> threshold(Tensor.of(DOUBLE, points)).toDoubleArray();
        Plot plot = Plot.titled("XOR with a threshold, and the lines where it switches")
                .xLabel("x1")
                .yLabel("x2")
                .size(800, 760)
                .xRange(LOW, HIGH)
                .yRange(LOW, HIGH)
                .decisionRegions(output)
                .scatter(
                        new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}},
                        new int[] {0, 1, 1, 0},
                        "output 0",
                        "output 1");
        for (double at : new double[] {0.5, 1.5, 2.5}) {
            double from = Math.max(LOW, at - HIGH);
            double to = Math.min(HIGH, at - LOW);
            plot.line("x1 + x2 = " + at, new double[] {from, to}, new double[] {at - from, at - to});
        }
        return plot;
    }

    /** Returns the pattern's forward pass, after the backward pass and the step with learning rate 1. */
    Pass learn(double x1, double x2, double target) {
        sgd.zeroGrad();
        Tensor v1 = w11.mul(x1).add(w12.mul(x2)).add(b1).retainGrad();
        Tensor y1 = v1.sigmoid();
        Tensor v2 = w21.mul(x1).add(w22.mul(x2)).add(w23.mul(y1)).add(b2).retainGrad();
        Tensor y2 = v2.sigmoid();
        Tensor error = y2.rsub(target).square().mul(0.5);
        error.backward();
        sgd.step();
        return new Pass(v1, y1, v2, y2, error);
    }

    private static void deltaRule() {
        System.out.println("""
                With the sigmoid (slope a = 1; the assignment's "a = 0" would make every output 1/2), the delta rule is a
                step down the gradient of E = 1/2 (d - y2)^2: delta_j = -dE/dv_j. Here backward() finds it.
                """);

        XorNetwork network = new XorNetwork();
        Pass pass = network.learn(0, 0, 0);
        Beside.titled("First pattern (0, 0) -> 0, learning rate 1")
                .against("assignment")
                .row("y1", pass.y1().item(), 0.182)
                .wrong("v2", pass.v2().item(), -0.864, "it goes on with y1 = 0.182; -0.86485 rounds to -0.865")
                .wrong("y2", pass.y2().item(), 0.297, "it goes on with v2 = -0.864; 0.29633 rounds to 0.296")
                .row("E", pass.error().item())
                .row("delta2", pass.delta2(), -0.062)
                .row("w21", network.w21.item(), 1)
                .row("w22", network.w22.item(), 1)
                .row("w23", network.w23.item(), -2.011)
                .row("b2", network.b2.item(), -0.562)
                .wrong("delta1", pass.delta1(), 0.0185, "it goes on with delta2 = -0.062; 0.01843 rounds to 0.0184")
                .row("w11", network.w11.item(), 1)
                .row("w12", network.w12.item(), 1)
                .row("b1", network.b1.item(), -1.482)
                .print();

        System.out.println("The whole first epoch, from the initial weights (the assignment stops after one pattern)");
        System.out.println(
                "  pattern        y1        y2        E         w11       w12       b1        w21       w22       w23       b2");
        XorNetwork fresh = new XorNetwork();
        for (double[] p : PATTERNS) {
            Pass step = fresh.learn(p[0], p[1], p[2]);
            System.out.printf(Locale.ROOT, "  (%.0f, %.0f) -> %.0f %s%n", p[0], p[1], p[2], fresh.row(step));
        }
        System.out.println();
    }

    private String row(Pass step) {
        StringBuilder text = new StringBuilder();
        for (Tensor number : List.of(step.y1(), step.y2(), step.error(), w11, w12, b1, w21, w22, w23, b2)) {
            text.append(String.format(Locale.ROOT, "%10.6f", number.item()));
        }
        return text.toString();
    }
}
