package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Tensor;

class PackedSequenceTest {

    private static final SequenceOptions ANY = SequenceOptions.defaults().withEnforceSorted(false);

    private static final List<Tensor> SEQUENCES =
            List.of(Tensor.of(1.0, 2.0), Tensor.of(3.0, 4.0, 5.0), Tensor.of(new double[] {6}));

    @Test
    void stepsStandOneAfterAnotherLongestFirst() {
        PackedSequence packed = PackedSequence.packSequence(SEQUENCES, ANY);

        assertThat(packed.data().toDoubleArray()).containsExactly(3, 1, 6, 4, 2, 5);
        assertThat(packed.batchSizes()).containsExactly(3, 2, 1);
        assertThat(packed.sortedIndices()).containsExactly(1, 0, 2);
        assertThat(packed).hasToString("PackedSequence(sequences=3, steps=3, data=(6))");
    }

    @Test
    void unpackingUndoesPacking() {
        PackedSequence packed = PackedSequence.packSequence(SEQUENCES, ANY);

        PackedSequence.Padded padded =
                packed.unpack(ANY.withBatchFirst(true).withPaddingValue(-1).withTotalLength(4));

        assertThat(padded.values().shape()).containsExactly(3, 4);
        assertThat(padded.values().toDoubleArray()).containsExactly(1, 2, -1, -1, 3, 4, 5, -1, 6, -1, -1, -1);
        assertThat(padded.lengths()).containsExactly(2, 3, 1);
        assertThat(packed.unpack().values().toDoubleArray()).containsExactly(1, 3, 6, 2, 4, 0, 0, 5, 0);
    }

    @Test
    void sequencesArePadded() {
        Tensor padded =
                PackedSequence.padSequence(SEQUENCES, SequenceOptions.defaults().withPaddingValue(9));

        assertThat(padded.shape()).containsExactly(3, 3);
        assertThat(padded.toDoubleArray()).containsExactly(1, 3, 6, 2, 4, 9, 9, 5, 9);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> PackedSequence.pack(Tensor.zeros(3, 2), 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pack: expected the longest sequence first; got lengths [2, 3]. Choose"
                        + " withEnforceSorted(false).");
        assertThatThrownBy(() -> PackedSequence.pack(Tensor.zeros(3, 2), 4, 3))
                .hasMessage(
                        "pack: expected a length from 1 to 3 for each of 2 sequences; got [4, 3]. Set batchFirst if the"
                                + " first dim counts sequences.");
        assertThatThrownBy(() -> PackedSequence.pack(Tensor.zeros(3), 3))
                .hasMessageStartingWith("pack: expected sequences of shape (T, N, *); got (3).");
        assertThatThrownBy(() -> PackedSequence.packSequence(SEQUENCES, ANY).unpack(ANY.withTotalLength(2)))
                .hasMessage(
                        "unpack: expected a total length of at least 3, the longest sequence's; got 2. Make it larger.");
        assertThatThrownBy(() -> PackedSequence.padSequence(List.of(), ANY))
                .hasMessageStartingWith("padSequence: expected at least one sequence");
    }
}
