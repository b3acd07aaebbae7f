package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ndgrad.autograd.Testing.assertClose;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.GradCheck;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Joining;

/** What PyTorch's module cases of recurrent layers do not try. */
class RecurrentTest {

    private static final RnnOptions OPTIONS =
            RnnOptions.defaults().withDtype(DataType.DOUBLE).withRng(new Rng(0));

    private static Tensor random(int seed, long... shape) {
        return Tensor.randn(DataType.DOUBLE, new Rng(seed), shape);
    }

    @Test
    void namesOfTheStateArePytorchs() {
        Lstm lstm = new Lstm(3, 4, OPTIONS.withLayers(2).withBidirectional(true).withProjection(2));

        assertThat(lstm.stateDict().keySet())
                .startsWith("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", "weight_hr_l0")
                .endsWith(
                        "weight_ih_l1_reverse",
                        "weight_hh_l1_reverse",
                        "bias_ih_l1_reverse",
                        "bias_hh_l1_reverse",
                        "weight_hr_l1_reverse");
        assertThat(lstm.stateDict().get("weight_ih_l1").shape()).containsExactly(16, 4);
        assertThat(lstm.toString()).isEqualTo("Lstm(in=3, hidden=4, layers=2, bidirectional=true, projection=2)");
    }

    @Test
    void weightsAndBiasesAreTheParameters() {
        Lstm lstm = new Lstm(3, 4, OPTIONS.withLayers(2).withBidirectional(true));
        for (int layer = 0; layer < 2; layer++) {
            assertThat(lstm.weightIh(layer)).isSameAs(lstm.parameters().get("weight_ih_l" + layer));
            assertThat(lstm.weightHh(layer)).isSameAs(lstm.parameters().get("weight_hh_l" + layer));
            assertThat(lstm.biasIh(layer)).isSameAs(lstm.parameters().get("bias_ih_l" + layer));
            assertThat(lstm.biasHh(layer)).isSameAs(lstm.parameters().get("bias_hh_l" + layer));
        }
        GruCell cell = new GruCell(3, 4);
        assertThat(List.of(cell.weightIh(), cell.weightHh(), cell.biasIh(), cell.biasHh()))
                .containsExactlyElementsOf(cell.parameters().values());
        assertThat(lstm.hasBias() && cell.hasBias()).isTrue();
    }

    @Test
    void whatALayerLacksIsNotReturned() {
        Rnn rnn = new Rnn(3, 4, OPTIONS.withBias(false));
        RnnCell cell = new RnnCell(3, 4, RnnCellOptions.defaults().withBias(false));

        assertThat(rnn.hasBias() || cell.hasBias()).isFalse();
        assertThatThrownBy(() -> rnn.biasIh(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Rnn(in=3, hidden=4, bias=false).biasIh: expected a layer that has it; got one without. Ask"
                        + " hasBias() first, or make the layer with withBias(true).");
        assertThatThrownBy(() -> rnn.biasHh(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(cell::biasIh).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(cell::biasHh).isInstanceOf(IllegalStateException.class);
        for (int layer : new int[] {-1, 1}) {
            assertThatThrownBy(() -> rnn.weightHh(layer))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("Rnn(in=3, hidden=4, bias=false): expected a layer from 0 to 0; got " + layer
                            + ". Count from the one that takes the sequence.");
        }
    }

    @Test
    void startsLikePyTorch() {
        for (Block layer : List.of(
                new Rnn(3, 100, OPTIONS),
                new Gru(3, 100, OPTIONS),
                new Lstm(3, 100, OPTIONS),
                new LstmCell(3, 100, RnnCellOptions.defaults().withDtype(DataType.DOUBLE)))) {
            for (Tensor parameter : layer.parameters()) {
                assertThat(DoubleStream.of(parameter.toDoubleArray())).allMatch(value -> value >= -0.1 && value < 0.1);
                assertThat(parameter.std().item()).isBetween(0.045, 0.072); // 0.1/√3 = 0.0577
            }
        }
    }

    @Test
    void aSequenceIsItsStepsOneByOne() {
        Lstm lstm = new Lstm(3, 4, OPTIONS);
        LstmCell cell = new LstmCell(3, 4, RnnCellOptions.defaults().withDtype(DataType.DOUBLE));
        ImmutableMap.Builder<String, Tensor> state = ImmutableMap.builder();
        lstm.stateDict().forEach((name, value) -> state.put(name.replace("_l0", ""), value));
        cell.load(state.buildOrThrow());
        Tensor x = random(1, 5, 2, 3);

        Lstm.Result all = lstm.forward(x);
        Tensor h = Tensor.zeros(DataType.DOUBLE, 2, 4);
        Tensor c = h;
        for (int t = 0; t < 5; t++) {
            LstmCell.Result next = cell.forward(x.select(0, t), h, c);
            h = next.hidden();
            c = next.cell();
            assertClose(all.output().select(0, t), h);
        }
        assertClose(all.hidden().select(0, 0), h);
        assertClose(all.cell().select(0, 0), c);
    }

    @Test
    void aPassGoesOnFromItsState() {
        Gru gru = new Gru(3, 4, OPTIONS.withLayers(2));
        Tensor x = random(1, 6, 2, 3);

        Gru.Result first = gru.forward(x.narrow(0, 0, 4));
        Gru.Result second = gru.forward(x.narrow(0, 4, 2), first.hidden());

        assertClose(
                Joining.cat(List.of(first.output(), second.output()), 0),
                gru.forward(x).output());
        assertClose(second.hidden(), gru.forward(x).hidden());
    }

    @Test
    void packedSequencesGiveWhatEachGivesAlone() {
        Lstm lstm = new Lstm(3, 4, OPTIONS.withLayers(2).withBidirectional(true).withProjection(2));
        Tensor padded = random(1, 5, 3, 3);
        Tensor hidden = random(2, 4, 3, 2);
        Tensor cell = random(3, 4, 3, 4);
        long[] lengths = {2, 5, 3};

        PackedSequence packed =
                PackedSequence.pack(padded, lengths, SequenceOptions.defaults().withEnforceSorted(false));
        Lstm.PackedResult result = lstm.forward(packed, hidden, cell);
        PackedSequence.Padded output = result.output().unpack();

        assertThat(output.lengths()).containsExactly(lengths);
        for (int i = 0; i < 3; i++) {
            Lstm.Result alone =
                    lstm.forward(padded.select(1, i).narrow(0, 0, lengths[i]), hidden.select(1, i), cell.select(1, i));
            assertClose(output.values().select(1, i).narrow(0, 0, lengths[i]), alone.output());
            assertClose(result.hidden().select(1, i), alone.hidden());
            assertClose(result.cell().select(1, i), alone.cell());
            assertThat(output.values()
                            .select(1, i)
                            .narrow(0, lengths[i], 5 - lengths[i])
                            .toDoubleArray())
                    .containsOnly(new double[lengths[i] == 5 ? 0 : 1]);
        }
    }

    @Test
    void gradientsFlowThroughPackedSequences() {
        Rnn rnn = new Rnn(3, 4, OPTIONS.withBidirectional(true).withNonlinearity(Nonlinearity.RELU));
        Tensor padded = random(1, 4, 2, 3).requiresGrad(true);

        rnn.forward(PackedSequence.pack(padded, 4, 2))
                .output()
                .unpack()
                .values()
                .sum()
                .backward();

        assertThat(padded.grad().select(1, 1).narrow(0, 2, 2).toDoubleArray()).containsOnly(0);
        assertThat(padded.grad().select(1, 0).abs().sum().item()).isPositive();
    }

    @Test
    void dropoutActsBetweenLayersInTraining() {
        Rnn rnn = new Rnn(3, 4, OPTIONS.withLayers(2).withDropout(1));
        Tensor x = random(1, 4, 2, 3);
        Tensor other = random(2, 4, 2, 3);

        assertClose(rnn.forward(x).output(), rnn.forward(other).output()); // the second layer gets zeros
        rnn.eval();
        assertThat(rnn.forward(x).output().toDoubleArray())
                .isNotEqualTo(rnn.forward(other).output().toDoubleArray());
    }

    @Test
    void derivativesOfDerivativesAreRight() {
        Lstm lstm = new Lstm(2, 3, OPTIONS);
        Gru gru = new Gru(2, 3, OPTIONS);
        Tensor x = random(1, 3, 2, 2);
        Tensor h = random(2, 1, 2, 3);
        Tensor c = random(3, 1, 2, 3);

        GradCheck.gradgradcheck(
                in -> {
                    Lstm.Result result = lstm.forward(in.get(0), in.get(1), in.get(2));
                    return result.output().sum().add(result.cell().square().sum());
                },
                List.of(x, h, c));
        GradCheck.gradgradcheck(in -> gru.forward(in.get(0), in.get(1)).output(), List.of(x, h));
    }

    @Test
    void derivativesByTheWeightsOfTheStateAreRight() {
        Lstm lstm = new Lstm(2, 2, OPTIONS.withBidirectional(true));
        PackedSequence x = PackedSequence.pack(random(1, 3, 2, 2), 3, 2);
        List<Tensor> weights = List.of(random(2, 8, 2), random(3, 8, 2));
        Function<List<Tensor>, Tensor> output = in -> {
            Map<String, Tensor> given = Map.of("weight_hh_l0", in.get(0), "weight_hh_l0_reverse", in.get(1));
            return ((Lstm) lstm.with(given)).forward(x).output().data();
        };

        GradCheck.gradcheck(output, weights);
        GradCheck.gradgradcheck(output, weights);
    }

    @Test
    void copiesAndFunctionalCallsWork() {
        Gru gru = new Gru(3, 4, OPTIONS);
        Tensor x = random(1, 4, 2, 3);
        Tensor before = gru.forward(x).output();
        Gru copy = (Gru) gru.copy();

        Autograd.noGrad(() -> {
            copy.parameters().forEach(Tensor::zero_);
        });
        Gru zero = (Gru) gru.with(copy.parameters());

        assertThat(zero.forward(x).output().toDoubleArray()).containsOnly(0);
        assertClose(gru.forward(x).output(), before);
    }

    @Test
    void hooksSeeThePass() {
        Lstm lstm = new Lstm(3, 4, OPTIONS);
        List<String> seen = new ArrayList<>();
        lstm.registerForwardHook((block, inputs, output) -> {
            seen.add(Block.name(block) + " " + inputs.size());
            return output;
        });

        Lstm.Result first = lstm.forward(random(1, 2, 1, 3));
        lstm.forward(random(1, 2, 1, 3), first.hidden(), first.cell());

        assertThat(seen).containsExactly("Lstm 1", "Lstm 3");
    }

    @Test
    void aStateThatIsNotDetachedIsToldHow() {
        Rnn rnn = new Rnn(3, 4, OPTIONS);
        Rnn.Result first = rnn.forward(random(1, 2, 1, 3));
        first.output().sum().backward();
        Rnn.Result second = rnn.forward(random(2, 2, 1, 3), first.hidden());

        assertThatThrownBy(() -> second.output().sum().backward())
                .hasMessageContaining("detach() what is carried over from the one before, such as an RNN's state");
        rnn.forward(random(2, 2, 1, 3), first.hidden().detach()).output().sum().backward();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Lstm lstm = new Lstm(3, 4, OPTIONS);

        assertThatThrownBy(() -> lstm.forward(random(1, 5, 2, 7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Lstm(in=3): expected an input of shape (T, N, 3) or (T, 3); got (5, 2, 7). Make 'in' the number"
                                + " of features, or reshape the input.");
        assertThatThrownBy(() -> lstm.forward(Tensor.zeros(5, 2, 3)))
                .hasMessage(
                        "Lstm(in=3): expected an input of dtype float64, like the weights; got float32. Convert it with"
                                + " to(DataType.DOUBLE).");
        assertThatThrownBy(() -> lstm.forward(random(1, 5, 2, 3), random(1, 2, 4), random(1, 1, 2, 4)))
                .hasMessage(
                        "Lstm(in=3): expected a hidden state of shape (1, 2, 4), that is (layers × directions, N, size);"
                                + " got (2, 4). Begin with none for zeros.");
        assertThatThrownBy(() -> lstm.forward(random(1, 0, 2, 3)))
                .hasMessage("Lstm(in=3): expected at least one step; got (0, 2, 3). Leave out empty sequences.");
        assertThatThrownBy(() -> new Gru(3, 4, OPTIONS.withProjection(2)))
                .hasMessage("Gru: expected no projection; got one to 2. Only Lstm has it.");
        assertThatThrownBy(() -> new Lstm(3, 4, OPTIONS.withNonlinearity(Nonlinearity.RELU)))
                .hasMessage("Lstm: expected the default nonlinearity; got RELU. Only Rnn has a choice.");
        assertThatThrownBy(() -> new Lstm(3, 4, OPTIONS.withProjection(4)))
                .hasMessageStartingWith("Lstm: expected a projection to less than the hidden size, 4; got 4.");
        assertThatThrownBy(() -> new Rnn(0, 4))
                .hasMessage(
                        "Rnn: expected sizes of at least 1; got in=0, hidden=4. Give the number of features, then the"
                                + " size of the state.");
        assertThatThrownBy(() -> new RnnCell(3, 0))
                .hasMessage(
                        "RnnCell: expected an input of at least 0 and a hidden size of at least 1; got in=3, hidden=0."
                                + " Give the number of features, then the size of the state.");
        assertThatThrownBy(() -> OPTIONS.withLayers(0))
                .hasMessage("RnnOptions: expected at least 1 layer; got 0. Give a count.");
        assertThatThrownBy(() -> new GruCell(3, 4).forward(Tensor.zeros(2, 5)))
                .hasMessage(
                        "GruCell(in=3): expected an input of shape (N, 3) or (3); got (2, 5). Give one step, with or"
                                + " without N in both.");
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 1.2345678e-3", "FLOAT, 1e-9", "FLOAT, -1e-30", "DOUBLE, 1e-20", "DOUBLE, 0.1"})
    void aStateIsKeptToTheLastDigit(DataType type, double state) {
        GruCell cell = new GruCell(1, 1, RnnCellOptions.defaults().withDtype(type));
        Autograd.noGrad(() -> {
            cell.parameters().values().forEach(Tensor::zero_);
            cell.parameters().get("bias_ih").copy_(Tensor.of(type, 0, 800, 30)); // z = 1, n = 1
        });
        Tensor h = Tensor.of(type, state).reshape(1, 1);

        assertThat(cell.forward(Tensor.zeros(type, 1, 1), h).item()).isEqualTo(h.item());
    }

    @Test
    void cellsTakeASampleOrABatch() {
        RnnCell cell = new RnnCell(3, 4);
        Tensor x = Tensor.randn(2, 3);

        assertClose(cell.forward(x.select(0, 1)), cell.forward(x).select(0, 1));
    }
}
