package org.ndgrad.nn.conformance;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.ndgrad.nn.conformance.Calls.Row;

/** Rows of this family. */
final class DecompositionCalls {

    private DecompositionCalls() {}

    static List<Row> rows() {
        return ImmutableList.of();
    }
}
