package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** What is no tensor says what it is as well, see {@link PrintRule}. */
class ObjectPrintsTest {

    @Test
    void modesSayWhetherTheyAreOpen() {
        GradMode.Scope off = Autograd.noGrad();
        MemoryScope memory = MemoryScope.open();

        assertThat(off).hasToString("GradMode.Scope(recording off, open)");
        assertThat(memory).hasToString("MemoryScope(open)");

        memory.close();
        off.close();

        assertThat(off).hasToString("GradMode.Scope(recording off, closed)");
        assertThat(memory).hasToString("MemoryScope(closed)");
    }

    @Test
    void indicesPrintAsTheyAreWritten() {
        assertThat(Index.all()).hasToString("Index.all()");
        assertThat(Index.from(2)).hasToString("Index.from(2)");
        assertThat(Index.to(-1)).hasToString("Index.to(-1)");
        assertThat(Index.range(1, 3)).hasToString("Index.range(1, 3)");
        assertThat(Index.range(0, 9, 2)).hasToString("Index.range(0, 9, 2)");
        assertThat(Index.range(1, Long.MAX_VALUE, 2)).hasToString("Index.range(1, " + Long.MAX_VALUE + ", 2)");
        assertThat(Index.at(-1)).hasToString("Index.at(-1)");
    }

    @Test
    void operationsSayHowFarTheyAre() {
        Tensor x = Tensor.of(1.0, 2).requiresGrad(true);

        Op op = Op.of("twice", Nd4j.zeros(DataType.DOUBLE, 2)).wrt(x, g -> g.mul(2));

        assertThat(op).hasToString("Op(twice, outputs=1, gradients=1)");
    }
}
