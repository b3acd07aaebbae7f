package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Modules.block;
import static org.ndgrad.nn.conformance.Modules.layer;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.ndgrad.nn.Bilinear;
import org.ndgrad.nn.Flatten;
import org.ndgrad.nn.Identity;
import org.ndgrad.nn.LazyLinear;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.LinearOptions;
import org.ndgrad.nn.conformance.Modules.Row;

/** Rows of layers that belong to no family. */
final class BasicModules {

    private BasicModules() {}

    static List<Row> rows() {
        return ImmutableList.of(
                layer(
                        "Linear",
                        a -> new Linear(
                                a.integer(0, "in_features"),
                                a.integer(1, "out_features"),
                                LinearOptions.defaults().withBias(a.flag(2, "bias", true)))),
                layer(
                        "LazyLinear",
                        a -> new LazyLinear(
                                a.integer(0, "out_features"),
                                LinearOptions.defaults().withBias(a.flag(1, "bias", true)))),
                block(
                        "Bilinear",
                        a -> new Bilinear(
                                a.integer(0, "in1_features"),
                                a.integer(1, "in2_features"),
                                a.integer(2, "out_features"),
                                LinearOptions.defaults().withBias(a.flag(3, "bias", true))),
                        layer -> call -> List.of(layer.forward(call.tensor(0, "input1"), call.tensor(1, "input2")))),
                layer("Identity", a -> new Identity()),
                layer("Flatten", a -> new Flatten(a.integer(0, "start_dim", 1), a.integer(1, "end_dim", -1))));
    }
}
