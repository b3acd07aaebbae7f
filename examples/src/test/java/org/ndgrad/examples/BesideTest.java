package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BesideTest {

    @Test
    void printsAnAlignedTableAndTellsWhetherNumbersAgree() {
        String table = Beside.titled("One step")
                .row("h1", 0.0474258732, 0.0474)
                .row("dL/dw2", 0.0107347676)
                .wrong("dL/dw1", 0.0214695353, 0.0214, "0.02147 rounds to 0.0215")
                .row("correct", 894, 894)
                .row("loss", -9213.25, 9213.3)
                .toString();

        assertThat(table).isEqualTo("""
                        One step
                                    computed           document
                          h1            0.0474258732      0.0474   =
                          dL/dw2        0.0107347676
                          dL/dw1        0.0214695353      0.0214   ≠ document: 0.02147 rounds to 0.0215
                          correct     894               894        =
                          loss      -9213.25           9213.3      ≠ document
                        """);
    }

    @Test
    void agreementIsJudgedByTheLastDigitOfTheReference() {
        assertThat(Beside.titled("").row("x", 0.4999, 0.5).toString()).contains("=");
        assertThat(Beside.titled("").row("x", 0.44, 0.5).toString()).contains("≠ document");
        assertThat(Beside.titled("").against("PyTorch").row("x", 1, 2).toString())
                .contains("PyTorch\n")
                .contains("≠ PyTorch");
        assertThat(Beside.titled("").row("x", Double.NaN, 2).toString()).contains("NaN", "≠ document");
    }
}
