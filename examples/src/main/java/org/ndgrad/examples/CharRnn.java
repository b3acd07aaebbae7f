package org.ndgrad.examples;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.primitives.Doubles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.Embedding;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Lstm;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.optim.CosineAnnealingLr;
import org.ndgrad.nn.optim.Gradients;
import org.ndgrad.nn.train.Progress;
import org.ndgrad.plot.Plot;

/**
 * Learns to write by reading Pride and Prejudice: an LSTM says, character by character, which one comes next, and then
 * writes on by itself. The last tenth of the book is held out.
 *
 * <p>Expected: 1.65 nats per character on what is held out after the first epoch, and about 1.44 after the last, within
 * a minute or two on two cores (1.432, 1.425 and 1.454 for the seeds 0, 1 and 2). The first sample has spaces,
 * quotation marks and words of the right lengths, the last mostly words that exist, though not the sense.
 *
 * <p>Source: Karpathy, The unreasonable effectiveness of recurrent neural networks, 2015.
 */
public final class CharRnn {

    private static final int EPOCHS = 4;
    private static final int HIDDEN = 128;
    private static final double LEARNING_RATE = 0.006;
    private static final double MAX_NORM = 1;

    /** The text is cut into so many parts, which are read side by side. */
    private static final int PARTS = 32;

    /** So many characters are read between two steps of the optimizer; gradients reach no further back. */
    private static final int LENGTH = 64;

    /** For the picture, so many losses in training are one point. */
    private static final int POINT = 20;

    private static final String START = "It is a truth universally acknowledged, that ";
    private static final int SAMPLE = 300;

    /** What an LSTM remembers of all that it has read. */
    record State(Tensor hidden, Tensor cell) {

        static State empty(int parts) {
            return new State(Tensor.zeros(1, parts, HIDDEN), Tensor.zeros(1, parts, HIDDEN));
        }

        /** Returns the same numbers without their history, so that no gradient goes further back. */
        State detach() {
            return new State(hidden.detach(), cell.detach());
        }
    }

    /** Scores of all characters to come next, shape (T, parts, characters), and the state behind the last step. */
    record Output(Tensor scores, State state) {}

    /** The network; it reads the numbers of characters, shape (T, parts). */
    static final class Network extends Block {

        private final Embedding embedding;
        private final Lstm lstm;
        private final Linear head;

        Network(int characters) {
            embedding = new Embedding(characters, 64);
            lstm = new Lstm(64, HIDDEN);
            head = new Linear(HIDDEN, characters);
        }

        Output forward(Tensor characters, State state) {
            Lstm.Result result = lstm.forward(embedding.forward(characters), state.hidden(), state.cell());
            return new Output(head.forward(result.output()), new State(result.hidden(), result.cell()));
        }
    }

    /** What came out of a run: losses in nats per character, of each batch and behind each epoch; the last sample. */
    record Result(List<Double> trainLosses, List<Double> validationLosses, String sample) {}

    private CharRnn() {}

    /**
     * Trains, prints a sample after each epoch, and writes {@code loss.png} to {@code out/char-rnn}.
     *
     * @param args at most one: the seed of everything random, 0 if left out
     */
    public static void main(String[] args) {
        run(Path.of("out", "char-rnn"), Seed.of("char-rnn", args), EPOCHS, Integer.MAX_VALUE);
    }

    /** Trains for some epochs of at most so many batches, with everything random drawn from the seed. */
    static Result run(Path folder, long seed, int epochs, int mostBatches) {
        Rng.manualSeed(seed);
        String text = text();
        String alphabet =
                text.chars().distinct().sorted().mapToObj(Character::toString).collect(Collectors.joining());
        int end = text.length() * 9 / 10;
        Tensor train = columns(text.substring(0, end), alphabet, PARTS);
        Tensor validation = columns(text.substring(end), alphabet, PARTS);
        int batches = Math.min(batches(train), mostBatches);

        Network network = new Network(alphabet.length());
        Adam adam = new Adam(network.parameters(), LEARNING_RATE);
        CosineAnnealingLr schedule = new CosineAnnealingLr(adam, epochs * batches);
        System.out.printf(
                "%d characters to train on, %d to validate, %d different ones, %d parameters, seed %d%n",
                end, text.length() - end, alphabet.length(), network.parameterCount(), seed);

        List<Double> trainLosses = new ArrayList<>();
        List<Double> validationLosses = new ArrayList<>();
        String sample = "";
        for (int epoch = 1; epoch <= epochs; epoch++) {
            State state = State.empty(PARTS);
            try (Progress progress = Progress.of("epoch " + epoch + ", batch", batches)) {
                for (int batch = 0; batch < batches; batch++) {
                    adam.zeroGrad();
                    Output output = network.forward(read(train, batch, 0), state);
                    Tensor loss = loss(output, read(train, batch, 1));
                    loss.backward();
                    Gradients.clipGradNorm(network.parameters(), MAX_NORM);
                    adam.step();
                    schedule.step();
                    state = output.state().detach();
                    trainLosses.add(loss.item());
                    progress.step(String.format(Locale.ROOT, "loss %.3f", loss.item()));
                }
            }
            validationLosses.add(validate(network, validation));
            sample = write(network, alphabet, 0.7);
            System.out.printf(
                    Locale.ROOT,
                    "validation %.3f nats per character; a sample at temperature 0.7:%n%s%n%n",
                    validationLosses.get(epoch - 1),
                    sample);
        }
        System.out.printf("at temperature 1:%n%s%n%n", write(network, alphabet, 1));
        draw(folder, trainLosses, validationLosses);
        System.out.printf("picture: %s%n", folder.resolve("loss.png"));
        System.out.printf(Locale.ROOT, "validation loss %.3f nats per character%n", validationLosses.get(epochs - 1));
        return new Result(trainLosses, validationLosses, sample);
    }

    private static String text() {
        try (InputStream file = checkNotNull(CharRnn.class.getResourceAsStream("pride_and_prejudice.txt.gz"))) {
            return new String(new GZIPInputStream(file).readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a text as the numbers of its characters, cut into parts, which are the columns: shape (T, parts). */
    private static Tensor columns(String text, String alphabet, int parts) {
        int length = text.length() / parts;
        long[] numbers = text.chars()
                .limit((long) parts * length)
                .mapToLong(alphabet::indexOf)
                .toArray();
        return Tensor.of(numbers).reshape(parts, length).t();
    }

    private static int batches(Tensor columns) {
        return (int) (columns.size(0) - 1) / LENGTH;
    }

    /** Returns the rows of a batch, or with a shift of 1 what comes next after each. */
    private static Tensor read(Tensor columns, int batch, int shift) {
        return columns.narrow(0, (long) batch * LENGTH + shift, LENGTH);
    }

    private static Tensor loss(Output output, Tensor next) {
        return Losses.crossEntropy(output.scores().flatten(0, 1), next.flatten());
    }

    private static double validate(Network network, Tensor columns) {
        return Autograd.noGrad(() -> {
            State state = State.empty(PARTS);
            double sum = 0;
            for (int batch = 0; batch < batches(columns); batch++) {
                Output output = network.forward(read(columns, batch, 0), state);
                sum += loss(output, read(columns, batch, 1)).item();
                state = output.state();
            }
            return sum / batches(columns);
        });
    }

    /**
     * Returns what the network writes behind the book's first words. It draws each character by its probability; a
     * lower temperature makes what is likely still likelier.
     */
    private static String write(Network network, String alphabet, double temperature) {
        return Autograd.noGrad(() -> {
            StringBuilder text = new StringBuilder(START);
            Output output = network.forward(columns(START, alphabet, 1), State.empty(1));
            for (int i = 0; i < SAMPLE; i++) {
                Tensor last = output.scores().select(0, -1);
                Tensor next = Tensor.multinomial(last.div(temperature).softmax(1), 1);
                text.append(alphabet.charAt(next.itemInt()));
                output = network.forward(next, output.state());
            }
            return text.toString();
        });
    }

    private static void draw(Path folder, List<Double> trainLosses, List<Double> validationLosses) {
        double epoch = (double) trainLosses.size() / validationLosses.size();
        int points = trainLosses.size() / POINT;
        double[] x = new double[points];
        double[] y = new double[points];
        for (int i = 0; i < points; i++) {
            x[i] = (i + 0.5) * POINT / epoch;
            y[i] = trainLosses.subList(i * POINT, (i + 1) * POINT).stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElseThrow();
        }
        double[] ends = new double[validationLosses.size()];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = i + 1;
        }
        Plot.titled("An LSTM reads Pride and Prejudice")
                .xLabel("epoch")
                .yLabel("cross-entropy in nats per character")
                .line("training", x, y)
                .line("validation", ends, Doubles.toArray(validationLosses))
                .save(folder.resolve("loss.png"));
    }
}
