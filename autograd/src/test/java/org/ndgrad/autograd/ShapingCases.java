package org.ndgrad.autograd;

import java.util.stream.Stream;

/** The rows of other shapes, joining, diagonals, padding. */
final class ShapingCases {

    private ShapingCases() {}

    static Stream<OpCase> rows() {
        return Stream.of();
    }
}
