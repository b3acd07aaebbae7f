package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Calls.one;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.ndgrad.autograd.ops.Arithmetic;
import org.ndgrad.autograd.ops.Elementary;
import org.ndgrad.nn.conformance.Calls.Row;

/** Rows of the operations that treat each element by itself. */
final class ElementwiseCalls {

    private ElementwiseCalls() {}

    static List<Row> rows() {
        return ImmutableList.of(
                one("abs", "Arithmetic.abs", a -> Arithmetic.abs(a.input())),
                one(
                        "mul",
                        "Arithmetic.mul",
                        a -> a.isTensor(1, "other")
                                ? Arithmetic.mul(a.input(), a.tensor(1, "other"))
                                : Arithmetic.mul(a.input(), a.scalar(1, "other"))),
                one("exp", "Elementary.exp", a -> Elementary.exp(a.input())));
    }
}
