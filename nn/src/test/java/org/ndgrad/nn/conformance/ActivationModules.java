package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Modules.layer;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.nn.AlphaDropout;
import org.ndgrad.nn.Celu;
import org.ndgrad.nn.Dropout;
import org.ndgrad.nn.Dropout1d;
import org.ndgrad.nn.Dropout2d;
import org.ndgrad.nn.Dropout3d;
import org.ndgrad.nn.Elu;
import org.ndgrad.nn.FeatureAlphaDropout;
import org.ndgrad.nn.Gelu;
import org.ndgrad.nn.Glu;
import org.ndgrad.nn.Hardshrink;
import org.ndgrad.nn.Hardsigmoid;
import org.ndgrad.nn.Hardswish;
import org.ndgrad.nn.Hardtanh;
import org.ndgrad.nn.LeakyRelu;
import org.ndgrad.nn.LogSigmoid;
import org.ndgrad.nn.LogSoftmax;
import org.ndgrad.nn.Mish;
import org.ndgrad.nn.PRelu;
import org.ndgrad.nn.PReluOptions;
import org.ndgrad.nn.RRelu;
import org.ndgrad.nn.RReluOptions;
import org.ndgrad.nn.Relu;
import org.ndgrad.nn.Relu6;
import org.ndgrad.nn.Selu;
import org.ndgrad.nn.Sigmoid;
import org.ndgrad.nn.Silu;
import org.ndgrad.nn.Softmax;
import org.ndgrad.nn.Softmax2d;
import org.ndgrad.nn.Softmin;
import org.ndgrad.nn.Softplus;
import org.ndgrad.nn.Softshrink;
import org.ndgrad.nn.Softsign;
import org.ndgrad.nn.Tanh;
import org.ndgrad.nn.Tanhshrink;
import org.ndgrad.nn.Threshold;
import org.ndgrad.nn.conformance.Modules.Row;

/** Rows of activations and dropout. */
final class ActivationModules {

    private ActivationModules() {}

    static List<Row> rows() {
        return ImmutableList.<Row>builder()
                .addAll(plain())
                .addAll(withSettings())
                .addAll(dropouts())
                .build();
    }

    private static List<Row> plain() {
        return ImmutableList.of(
                layer("Hardsigmoid", a -> new Hardsigmoid()),
                layer("Hardswish", a -> new Hardswish()),
                layer("LogSigmoid", a -> new LogSigmoid()),
                layer("Mish", a -> new Mish()),
                layer("ReLU", a -> new Relu()),
                layer("ReLU6", a -> new Relu6()),
                layer("SELU", a -> new Selu()),
                layer("SiLU", a -> new Silu()),
                layer("Sigmoid", a -> new Sigmoid()),
                layer("Softmax2d", a -> new Softmax2d()),
                layer("Softsign", a -> new Softsign()),
                layer("Tanh", a -> new Tanh()),
                layer("Tanhshrink", a -> new Tanhshrink()));
    }

    private static List<Row> withSettings() {
        return ImmutableList.of(
                layer("CELU", a -> new Celu(a.real(0, "alpha", 1))),
                layer("ELU", a -> new Elu(a.real(0, "alpha", 1))),
                layer(
                        "GELU",
                        a -> new Gelu(
                                a.text(0, "approximate", "none").equals("tanh")
                                        ? Activations.Gelu.TANH
                                        : Activations.Gelu.EXACT)),
                layer("GLU", a -> new Glu(a.integer(0, "dim", -1))),
                layer("Hardshrink", a -> new Hardshrink(a.real(0, "lambd", 0.5))),
                layer("Hardtanh", a -> new Hardtanh(a.real(0, "min_val", -1), a.real(1, "max_val", 1))),
                layer("LeakyReLU", a -> new LeakyRelu(a.real(0, "negative_slope", 0.01))),
                layer("LogSoftmax", a -> new LogSoftmax(a.integer(0, "dim"))),
                layer(
                        "PReLU",
                        a -> new PRelu(
                                a.integer(0, "num_parameters", 1),
                                PReluOptions.defaults().withSlope(a.real(1, "init", 0.25)))),
                layer(
                        "RReLU",
                        a -> new RRelu(RReluOptions.defaults()
                                .withLower(a.real(0, "lower", 1.0 / 8))
                                .withUpper(a.real(1, "upper", 1.0 / 3)))),
                layer("Softmax", a -> new Softmax(a.integer(0, "dim"))),
                layer("Softmin", a -> new Softmin(a.integer(0, "dim"))),
                layer("Softplus", a -> new Softplus(a.real(0, "beta", 1), a.real(1, "threshold", 20))),
                layer("Softshrink", a -> new Softshrink(a.real(0, "lambd", 0.5))),
                layer("Threshold", a -> new Threshold(a.scalar(0, "threshold"), a.scalar(1, "value"))));
    }

    private static List<Row> dropouts() {
        return ImmutableList.of(
                layer("AlphaDropout", a -> new AlphaDropout(a.real(0, "p", 0.5))),
                layer("Dropout", a -> new Dropout(a.real(0, "p", 0.5))),
                layer("Dropout1d", a -> new Dropout1d(a.real(0, "p", 0.5))),
                layer("Dropout2d", a -> new Dropout2d(a.real(0, "p", 0.5))),
                layer("Dropout3d", a -> new Dropout3d(a.real(0, "p", 0.5))),
                layer("FeatureAlphaDropout", a -> new FeatureAlphaDropout(a.real(0, "p", 0.5))));
    }
}
