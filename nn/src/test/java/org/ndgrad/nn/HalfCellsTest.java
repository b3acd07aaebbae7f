package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

/** Recurrent cells and layers of half types compute in float32 and round once, states and gradients alike. */
class HalfCellsTest {

    private static final int IN = 7;
    private static final int HIDDEN = 5;

    static Stream<Arguments> cells() {
        return Stream.of(DataType.FLOAT16, DataType.BFLOAT16)
                .flatMap(type -> Stream.of("rnn", "relu", "lstm", "gru", "lstm without bias")
                        .flatMap(kind -> Stream.of(0.5, 60.0).map(size -> arguments(kind, type, size))));
    }

    private static RecurrentCell cell(String kind, DataType type) {
        RnnCellOptions options =
                RnnCellOptions.defaults().withDtype(type).withRng(new Rng(3)).withBias(!kind.contains("without"));
        return switch (kind) {
            case "rnn" -> new RnnCell(IN, HIDDEN, options);
            case "relu" -> new RnnCell(IN, HIDDEN, options.withNonlinearity(Nonlinearity.RELU));
            case "gru" -> new GruCell(IN, HIDDEN, options);
            default -> new LstmCell(IN, HIDDEN, options);
        };
    }

    private static List<Tensor> step(RecurrentCell cell, Tensor x, Tensor h) {
        if (cell instanceof LstmCell lstm) {
            LstmCell.Result result = lstm.forward(x, h, h.detach().mul(2));
            return List.of(result.hidden(), result.cell());
        }
        return List.of(cell instanceof GruCell gru ? gru.forward(x, h) : ((RnnCell) cell).forward(x, h));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void stepsAreThoseOfFloat32RoundedOnce(String kind, DataType type, double size) {
        RecurrentCell half = cell(kind, type);
        RecurrentCell wide = cell(kind, DataType.FLOAT);
        for (Map.Entry<String, Tensor> each : half.parameters().entrySet()) {
            Init.replace(wide.parameters().get(each.getKey()), each.getValue().to(DataType.FLOAT));
        }
        for (long[] batch : new long[][] {{3}, {}}) {
            List<Tensor> rounded = values(half, type, size, batch);
            List<Tensor> expected = values(wide, type, size, batch);
            for (int i = 0; i < rounded.size(); i++) {
                assertThat(rounded.get(i).dtype()).isEqualTo(type);
                assertThat(rounded.get(i).toDoubleArray())
                        .isEqualTo(expected.get(i).to(type).toDoubleArray());
            }
        }
    }

    /** Returns the next state, and the gradients of input, state and parameters for one of ones. */
    private static List<Tensor> values(RecurrentCell cell, DataType type, double size, long... batch) {
        DataType own = cell.weightIh().dtype();
        Tensor x = leaf(type, own, size, 1, with(batch, IN));
        Tensor h = leaf(type, own, 1, 2, with(batch, HIDDEN));
        List<Tensor> next = step(cell, x, h);
        cell.parameters().values().forEach(Tensor::zeroGrad);
        next.get(0).backward(Tensor.onesLike(next.get(0)));
        List<Tensor> values = new ArrayList<>(next);
        values.add(x.grad());
        values.add(h.grad());
        cell.parameters().values().forEach(each -> values.add(each.grad()));
        return values;
    }

    private static long[] with(long[] batch, long size) {
        long[] shape = Arrays.copyOf(batch, batch.length + 1);
        shape[batch.length] = size;
        return shape;
    }

    private static Tensor leaf(DataType rounded, DataType own, double size, long seed, long... shape) {
        return Tensor.randn(DataType.FLOAT, new Rng(seed), shape)
                .mul(size)
                .to(rounded)
                .to(own)
                .detach()
                .clone()
                .requiresGrad(true);
    }

    static Stream<Arguments> layers() {
        return Stream.of(DataType.FLOAT16, DataType.BFLOAT16)
                .flatMap(type -> Stream.of("rnn", "lstm", "gru", "projected").map(kind -> arguments(kind, type)));
    }

    private static Block layer(String kind, DataType type) {
        RnnOptions options = RnnOptions.defaults()
                .withDtype(type)
                .withRng(new Rng(3))
                .withLayers(2)
                .withBidirectional(true);
        return switch (kind) {
            case "rnn" -> new Rnn(IN, HIDDEN, options);
            case "gru" -> new Gru(IN, HIDDEN, options);
            case "lstm" -> new Lstm(IN, HIDDEN, options);
            default -> new Lstm(IN, HIDDEN, options.withProjection(2));
        };
    }

    /** Layers round what they return, not each step. */
    @ParameterizedTest
    @MethodSource("layers")
    void sequencesAreThoseOfFloat32RoundedOnce(String kind, DataType type) {
        Block half = layer(kind, type);
        Block wide = layer(kind, DataType.FLOAT);
        for (Map.Entry<String, Tensor> each : half.parameters().entrySet()) {
            Init.replace(wide.parameters().get(each.getKey()), each.getValue().to(DataType.FLOAT));
        }
        List<Tensor> rounded = values(half, leaf(type, type, 4, 1, 9, 3, IN));
        List<Tensor> expected = values(wide, leaf(type, DataType.FLOAT, 4, 1, 9, 3, IN));
        for (int i = 0; i < rounded.size(); i++) {
            assertThat(rounded.get(i).dtype()).isEqualTo(type);
            assertThat(rounded.get(i).toDoubleArray())
                    .isEqualTo(expected.get(i).to(type).toDoubleArray());
        }
    }

    private static List<Tensor> values(Block layer, Tensor x) {
        List<Tensor> values = new ArrayList<>();
        if (layer instanceof Lstm lstm) {
            Lstm.Result result = lstm.forward(x);
            values.addAll(List.of(result.output(), result.hidden(), result.cell()));
        } else if (layer instanceof Gru gru) {
            Gru.Result result = gru.forward(x);
            values.addAll(List.of(result.output(), result.hidden()));
        } else {
            Rnn.Result result = ((Rnn) layer).forward(x);
            values.addAll(List.of(result.output(), result.hidden()));
        }
        values.get(0).backward(Tensor.onesLike(values.get(0)));
        values.add(x.grad());
        layer.parameters().values().forEach(each -> values.add(each.grad()));
        return values;
    }

    /** Products of 80000 and −80000, of which float16 knows none, cancel. */
    @Test
    void sumsBeyondFloat16ComeBack() {
        DataType type = DataType.FLOAT16;
        Tensor x = Tensor.of(type, 100, 100);
        Tensor h = Tensor.of(type, new double[] {200});
        RnnCellOptions options = RnnCellOptions.defaults().withDtype(type);
        LstmCell lstm = new LstmCell(2, 1, options);
        fill(lstm);
        LstmCell.Result result = lstm.forward(x, h, Tensor.of(type, new double[] {1}));
        assertThat(result.cell().item()).isEqualTo(0.5);
        assertThat(result.hidden().item())
                .isEqualTo(Tensor.of(type, 0.5 * Math.tanh(0.5)).item());
        RnnCell rnn = new RnnCell(2, 1, options);
        fill(rnn);
        assertThat(rnn.forward(x, h).item()).isZero();
        GruCell gru = new GruCell(2, 1, options);
        fill(gru);
        assertThat(gru.forward(x, h).item()).isEqualTo(100.5); // ½ tanh(80000 − ½ 80000) + ½ 200
    }

    private static void fill(RecurrentCell cell) {
        Init.replace(
                cell.weightIh(),
                Tensor.full(DataType.FLOAT16, 400, cell.weightIh().shape()));
        Init.replace(
                cell.weightHh(),
                Tensor.full(DataType.FLOAT16, -400, cell.weightHh().shape()));
        Init.replace(cell.biasIh(), Tensor.zerosLike(cell.biasIh()));
        Init.replace(cell.biasHh(), Tensor.zerosLike(cell.biasHh()));
    }
}
