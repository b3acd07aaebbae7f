package org.ndgrad.notebooks;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The notebooks that belong to no teaching document run; where they expect a number of one, it is golden. */
class GuidesTest {

    static List<Source> guides() {
        return Notebooks.guides();
    }

    @ParameterizedTest
    @MethodSource("guides")
    void runsFromTopToBottom(Source source) throws IOException {
        new Golden().check(Notebooks.run(List.of(source)));
    }
}
