package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Modules.block;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Gru;
import org.ndgrad.nn.GruCell;
import org.ndgrad.nn.Lstm;
import org.ndgrad.nn.LstmCell;
import org.ndgrad.nn.Nonlinearity;
import org.ndgrad.nn.Rnn;
import org.ndgrad.nn.RnnCell;
import org.ndgrad.nn.RnnCellOptions;
import org.ndgrad.nn.RnnOptions;
import org.ndgrad.nn.conformance.Modules.Row;

/** Rows of recurrent layers and their cells. */
final class RecurrentModules {

    private RecurrentModules() {}

    static List<Row> rows() {
        return ImmutableList.of(
                block(
                        "RNN",
                        a -> new Rnn(in(a), hidden(a), layers(a, 4).withNonlinearity(nonlinearity(a, 3))),
                        rnn -> a -> {
                            Rnn.Result result =
                                    a.has(1, "hx") ? rnn.forward(a.input(), a.tensor(1, "hx")) : rnn.forward(a.input());
                            return List.of(result.output(), result.hidden());
                        }),
                block(
                        "LSTM",
                        a -> new Lstm(in(a), hidden(a), layers(a, 3).withProjection(a.integer(7, "proj_size", 0))),
                        lstm -> a -> {
                            Lstm.Result result = a.has(1, "hx")
                                    ? lstm.forward(a.input(), state(a).get(0), state(a).get(1))
                                    : lstm.forward(a.input());
                            return List.of(result.output(), result.hidden(), result.cell());
                        }),
                block("GRU", a -> new Gru(in(a), hidden(a), layers(a, 3)), gru -> a -> {
                    Gru.Result result =
                            a.has(1, "hx") ? gru.forward(a.input(), a.tensor(1, "hx")) : gru.forward(a.input());
                    return List.of(result.output(), result.hidden());
                }),
                block(
                        "RNNCell",
                        a -> new RnnCell(in(a), hidden(a), cell(a).withNonlinearity(nonlinearity(a, 3))),
                        cell -> a -> List.of(
                                a.has(1, "hx") ? cell.forward(a.input(), a.tensor(1, "hx")) : cell.forward(a.input()))),
                block("LSTMCell", a -> new LstmCell(in(a), hidden(a), cell(a)), cell -> a -> {
                    LstmCell.Result result = a.has(1, "hx")
                            ? cell.forward(a.input(), state(a).get(0), state(a).get(1))
                            : cell.forward(a.input());
                    return List.of(result.hidden(), result.cell());
                }),
                block(
                        "GRUCell",
                        a -> new GruCell(in(a), hidden(a), cell(a)),
                        cell -> a -> List.of(
                                a.has(1, "hx")
                                        ? cell.forward(a.input(), a.tensor(1, "hx"))
                                        : cell.forward(a.input()))));
    }

    private static long in(Arguments a) {
        return a.integer(0, "input_size");
    }

    private static long hidden(Arguments a) {
        return a.integer(1, "hidden_size");
    }

    private static List<Tensor> state(Arguments a) {
        return a.tensors(1, "hx");
    }

    /** PyTorch's RNN has its nonlinearity in front of the bias. */
    private static RnnOptions layers(Arguments a, int bias) {
        return RnnOptions.defaults()
                .withLayers(a.integer(2, "num_layers", 1))
                .withBias(a.flag(bias, "bias", true))
                .withBatchFirst(a.flag(bias + 1, "batch_first", false))
                .withDropout(a.real(bias + 2, "dropout", 0))
                .withBidirectional(a.flag(bias + 3, "bidirectional", false));
    }

    private static RnnCellOptions cell(Arguments a) {
        return RnnCellOptions.defaults().withBias(a.flag(2, "bias", true));
    }

    private static Nonlinearity nonlinearity(Arguments a, int position) {
        return a.text(position, "nonlinearity", "tanh").equals("relu") ? Nonlinearity.RELU : Nonlinearity.TANH;
    }
}
