package org.ndgrad.examples;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.primitives.Doubles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Joining;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.CrossEntropyOptions;
import org.ndgrad.nn.Embedding;
import org.ndgrad.nn.HookHandle;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.MaskOptions;
import org.ndgrad.nn.MultiheadAttention;
import org.ndgrad.nn.Transformer;
import org.ndgrad.nn.TransformerOptions;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.optim.Gradients;
import org.ndgrad.nn.optim.OneCycleLr;
import org.ndgrad.nn.train.Progress;
import org.ndgrad.plot.Figure;
import org.ndgrad.plot.Plot;

/**
 * Writes words of 3 to 12 random letters backward: a transformer whose encoder reads the word, and whose decoder writes
 * one letter after another, looking at what is already written and, by attention, at the letters read. It is tried on
 * 1000 words that it has never seen.
 *
 * <p>Expected: all 1000 words without a fault, within a minute or two on two cores, for each of the seeds 0 to 3. The
 * table of attention that is printed has its large weights along the diagonal from the upper right to the lower left:
 * nobody has told the decoder that it should read from the end.
 *
 * <p>Source: Vaswani et al., Attention is all you need, 2017.
 */
public final class ReverseWords {

    private static final int SHORTEST = 3;
    private static final int LONGEST = 12;
    private static final int TEST_WORDS = 1000;
    private static final int BATCH_SIZE = 128;
    private static final int TRIALS = 20;
    private static final int STEPS_PER_TRIAL = 40;
    private static final int SIZE = 64;
    private static final int HEADS = 4;
    private static final int LAYERS = 2;
    private static final double LEARNING_RATE = 0.0015;
    private static final double MAX_NORM = 1;

    // Tokens: 0 stands behind a word's end, 1 and 2 mark its start and its end, the letters follow.
    private static final int PADDING = 0;
    private static final int START = 1;
    private static final int END = 2;
    private static final char BEFORE_A = 'a' - 3;
    private static final int TOKENS = 26 + 3;

    /** The network; words are rows of tokens, shape (N, T). */
    static final class Network extends Block {

        private static final MaskOptions CAUSAL = MaskOptions.defaults().withCausal(true);

        private final Embedding token = new Embedding(TOKENS, SIZE);
        private final Embedding position = new Embedding(LONGEST + 2, SIZE);
        // No dropout: every batch has new words, so that nothing can be learned by heart.
        private final Transformer transformer = new Transformer(
                SIZE,
                HEADS,
                TransformerOptions.defaults()
                        .withEncoderLayers(LAYERS)
                        .withDecoderLayers(LAYERS)
                        .withFeedForward(2 * SIZE)
                        .withDropout(0)
                        .withNormFirst(true)
                        .withBatchFirst(true));
        private final Linear head = new Linear(SIZE, TOKENS);

        private Tensor embedded(Tensor tokens) {
            return token.forward(tokens).add(position.forward(Tensor.arange(tokens.size(1))));
        }

        /** Lets nobody look at what stands behind a word's end. */
        private static MaskOptions padding(Tensor source) {
            return MaskOptions.defaults().withKeyPaddingMask(source.eq(PADDING));
        }

        /** Returns the scores of what follows each token of the target, which is known in training. */
        Tensor forward(Tensor source, Tensor target) {
            MaskOptions padding = padding(source);
            return head.forward(transformer.forward(embedded(source), embedded(target), padding, CAUSAL, padding));
        }

        /** Returns what the decoder writes if it always takes the likeliest token, and goes on from there. */
        Tensor write(Tensor source) {
            return Autograd.noGrad(() -> {
                MaskOptions padding = padding(source);
                Tensor memory = transformer.encoder().forward(embedded(source), padding);
                Tensor target = Tensor.full(new long[] {source.size(0), 1}, START);
                for (int i = 0; i <= LONGEST; i++) {
                    Tensor output = transformer.decoder().forward(embedded(target), memory, CAUSAL, padding);
                    Tensor next = head.forward(output.select(1, -1)).argmax(1);
                    target = Joining.cat(List.of(target, next.unsqueeze(1)), 1);
                }
                return target;
            });
        }

        /** Returns how much each token of the target looks at each of the source, in the last layer, shape (T, S). */
        Tensor attention(Tensor source, Tensor target) {
            String name = "transformer.decoder.layers." + (LAYERS - 1) + ".multihead_attn";
            MultiheadAttention attention =
                    (MultiheadAttention) checkNotNull(namedLayers().get(name));
            List<Tensor> seen = new ArrayList<>();
            HookHandle hook = attention.registerForwardPreHook((block, inputs) -> {
                seen.addAll(inputs);
                return inputs;
            });
            return Autograd.noGrad(() -> {
                forward(source, target);
                hook.remove();
                return attention
                        .forward(seen.get(0), seen.get(1), seen.get(2))
                        .weights()
                        .orElseThrow()
                        .squeeze(0);
            });
        }
    }

    /** What came out of a run: by trial, the losses in training and the shares of test words written without fault. */
    record Result(List<Double> losses, List<Double> shares) {}

    private ReverseWords() {}

    /**
     * Trains, shows where the decoder looks, and writes {@code learning.png} to {@code out/reverse-words}.
     *
     * @param args at most one: the seed of everything random, 0 if left out
     */
    public static void main(String[] args) {
        run(Path.of("out", "reverse-words"), Seed.of("reverse-words", args), TRIALS, STEPS_PER_TRIAL);
    }

    /** Trains for so many steps before each trial, with everything random drawn from the seed. */
    static Result run(Path folder, long seed, int trials, int stepsPerTrial) {
        Rng.manualSeed(seed);
        RandomGenerator rng = Rng.defaultRng();
        Set<String> test = new LinkedHashSet<>();
        while (test.size() < TEST_WORDS) {
            test.add(word(rng));
        }
        Network network = new Network();
        Adam adam = new Adam(network.parameters(), LEARNING_RATE);
        OneCycleLr schedule = new OneCycleLr(adam, LEARNING_RATE, trials * stepsPerTrial);
        System.out.printf("%d parameters, %d words to test on, seed %d%n", network.parameterCount(), test.size(), seed);

        List<Double> losses = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        try (Progress progress = Progress.of("trial", trials)) {
            for (int trial = 0; trial < trials; trial++) {
                double sum = 0;
                for (int step = 0; step < stepsPerTrial; step++) {
                    List<String> words = unseen(test, rng);
                    Tensor target =
                            tokens(words.stream().map(ReverseWords::reversed).toList());
                    adam.zeroGrad();
                    Tensor loss = loss(network, tokens(words), target);
                    loss.backward();
                    Gradients.clipGradNorm(network.parameters(), MAX_NORM);
                    adam.step();
                    schedule.step();
                    sum += loss.item();
                }
                losses.add(sum / stepsPerTrial);
                shares.add(share(network, test));
                progress.step(
                        String.format(Locale.ROOT, "loss %.4f, right %.3f", losses.get(trial), shares.get(trial)));
            }
        }
        show(network, "backward");
        draw(folder, losses, shares, stepsPerTrial);
        System.out.printf("picture: %s%n", folder.resolve("learning.png"));
        System.out.printf(Locale.ROOT, "unseen words without fault %.4f%n", shares.get(trials - 1));
        return new Result(losses, shares);
    }

    private static String word(RandomGenerator rng) {
        StringBuilder word = new StringBuilder();
        int length = rng.nextInt(SHORTEST, LONGEST + 1);
        while (word.length() < length) {
            word.append((char) rng.nextInt('a', 'z' + 1));
        }
        return word.toString();
    }

    /** Returns a batch of words that are not among those to test on. */
    private static List<String> unseen(Set<String> test, RandomGenerator rng) {
        List<String> words = new ArrayList<>();
        while (words.size() < BATCH_SIZE) {
            String word = word(rng);
            if (!test.contains(word)) {
                words.add(word);
            }
        }
        return words;
    }

    private static String reversed(String word) {
        return new StringBuilder(word).reverse().toString();
    }

    private static Tensor tokens(List<String> words) {
        long[][] tokens = new long[words.size()][LONGEST + 2];
        for (int i = 0; i < tokens.length; i++) {
            String word = words.get(i);
            tokens[i][0] = START;
            for (int j = 0; j < word.length(); j++) {
                tokens[i][j + 1] = (long) word.charAt(j) - BEFORE_A;
            }
            tokens[i][word.length() + 1] = END;
        }
        return Tensor.of((Object[]) tokens);
    }

    /** Returns the letters between start and end. */
    private static String letters(long... tokens) {
        StringBuilder word = new StringBuilder();
        for (int i = 1; i < tokens.length && tokens[i] != END; i++) {
            word.append((char) (tokens[i] + BEFORE_A));
        }
        return word.toString();
    }

    /** Asks at each token of the target for the next one; what would stand behind the end does not count. */
    private static Tensor loss(Network network, Tensor source, Tensor target) {
        Tensor scores = network.forward(source, target.narrow(1, 0, LONGEST + 1));
        Tensor next = target.narrow(1, 1, LONGEST + 1);
        return Losses.crossEntropy(
                scores.flatten(0, 1),
                next.flatten(),
                CrossEntropyOptions.defaults().withIgnoreIndex(PADDING));
    }

    private static double share(Network network, Set<String> test) {
        List<String> words = List.copyOf(test);
        Tensor written = network.write(tokens(words));
        int right = 0;
        for (int i = 0; i < words.size(); i++) {
            if (letters(written.select(0, i).toLongArray()).equals(reversed(words.get(i)))) {
                right++;
            }
        }
        return (double) right / words.size();
    }

    /** Prints what the network writes for a word and, for each letter, how much it looks at which letter read. */
    private static void show(Network network, String word) {
        Tensor source = tokens(List.of(word)).narrow(1, 0, word.length() + 2);
        Tensor target = network.write(source);
        String written = letters(target.select(0, 0).toLongArray());
        Tensor weights = network.attention(source, target.narrow(1, 0, LONGEST + 1));
        System.out.printf("%s → %s; attention in %% to what is read while writing%n   start", word, written);
        word.chars().forEach(letter -> System.out.printf("%5c", letter));
        System.out.println("  end");
        for (int i = 0; i < written.length(); i++) {
            System.out.printf("%3c", written.charAt(i));
            for (double weight : weights.select(0, i).toDoubleArray()) {
                System.out.printf(Locale.ROOT, "%5.0f", 100 * weight);
            }
            System.out.println();
        }
    }

    private static void draw(Path folder, List<Double> losses, List<Double> shares, int stepsPerTrial) {
        double[] steps = new double[losses.size()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = (i + 1.0) * stepsPerTrial;
        }
        Figure.row(
                        Plot.titled("Words written backward: loss in training")
                                .xLabel("step")
                                .yLabel("cross-entropy in nats per letter")
                                .size(760, 520)
                                .logY()
                                .line("training", steps, Doubles.toArray(losses)),
                        Plot.titled("Unseen words written without fault")
                                .xLabel("step")
                                .yLabel("share of " + TEST_WORDS + " words")
                                .size(760, 520)
                                .line("test", steps, Doubles.toArray(shares)))
                .save(folder.resolve("learning.png"));
    }
}
