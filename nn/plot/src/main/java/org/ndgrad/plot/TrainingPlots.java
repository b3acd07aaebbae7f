package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ascii;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.train.History;

/** Ready-made plots of how a training went. */
public final class TrainingPlots {

    private static final String VALIDATION = "val_";

    /** Not what was learned. */
    private static final String SECONDS = "seconds";

    private static final String RATE = "learning_rate";

    /** What falls to such a part is shown on a logarithmic axis. */
    private static final double DECADES = 100;

    private TrainingPlots() {}

    /**
     * Returns learning curves, one plot for each measure: {@code loss} and {@code val_loss} share one, as training and
     * validation.
     *
     * <pre>{@code
     * TrainingPlots.history(trainer.fit(loader, validation, 20)).save(Path.of("out/history.png"));
     * }</pre>
     *
     * <p>NaN is what was not measured in an epoch, and the line goes on to the next. What falls to a hundredth and
     * stays positive is on a logarithmic axis. {@code seconds} are not shown, nor is a {@code learning_rate} that stays
     * as it is.
     *
     * @param history of a {@code Trainer}, or a loop of one's own
     * @return one plot, or several side by side
     * @throws IllegalArgumentException if nothing was measured
     */
    public static Figure history(History history) {
        return history(history.series());
    }

    /**
     * Returns learning curves as {@link #history(History)} does.
     *
     * @param series a number for each epoch, by name; names that begin with {@code val_} are of the validation data
     * @return one plot, or several side by side
     * @throws IllegalArgumentException if nothing was measured
     */
    public static Figure history(Map<String, ? extends List<? extends Number>> series) {
        var plots = new LinkedHashMap<String, List<Curve>>();
        series.forEach((name, numbers) -> {
            Curve curve = Curve.of(name, numbers);
            if (curve.epochs().length > 0 && !curve.isLeftOut()) {
                plots.computeIfAbsent(curve.measure(), key -> new ArrayList<>()).add(curve);
            }
        });
        checkArgument(
                !plots.isEmpty(),
                "history: expected series with numbers of at least one epoch; got none in %s. Train first.",
                series.keySet());
        Figure[] figures = plots.entrySet().stream()
                .map(entry -> plot(entry.getKey(), entry.getValue(), plots.size()))
                .toArray(Figure[]::new);
        return figures.length == 1
                ? figures[0]
                : Figure.grid(figures.length == 4 ? 2 : Math.min(3, figures.length), figures);
    }

    /**
     * Returns the loss around the parameters of a model, over two random directions with the lengths of the model's
     * filters; the loss of the parameters as they are is in the middle. It is computed for 25 × 25 places, in
     * evaluation mode and without recording; then parameters and modes are as before.
     *
     * <pre>{@code
     * TrainingPlots.lossLandscape(model, () -> Losses.mseLoss(model.forward(x), y))
     * }</pre>
     *
     * @param model whose parameters are moved
     * @param loss computes a loss of one element with this model
     * @return contours with a scale, logarithmic if the loss rises to a hundredfold
     * @throws IllegalArgumentException if the model has no parameters, or the loss several elements
     */
    public static Plot lossLandscape(Block model, Supplier<Tensor> loss) {
        return LossLandscape.of(model, loss);
    }

    private static Figure plot(String measure, List<Curve> curves, int plots) {
        String words = measure.replace('_', ' ').strip();
        String title = words.isEmpty() ? measure : Ascii.toUpperCase(words.charAt(0)) + words.substring(1);
        boolean onlyValidation = curves.stream().allMatch(Curve::isValidation);
        Plot plot =
                Plot.titled(onlyValidation ? title + " in validation" : title).xLabel("epoch");
        if (plots > 1) {
            plot.size(620, 460);
        }
        for (Curve curve : curves) {
            plot.add(curve.line());
        }
        double low = curves.stream().mapToDouble(Curve::lowest).min().orElse(0);
        double high = curves.stream().mapToDouble(Curve::highest).max().orElse(0);
        boolean falls = curves.stream().allMatch(Curve::falls);
        return falls && low > 0 && high / low >= DECADES ? plot.logY() : plot;
    }

    /**
     * The numbers of one series that were measured, and in which epochs, from 1.
     *
     * @param measure the name without {@code val_}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Curve(String measure, boolean isValidation, double[] epochs, double[] values) {

        static Curve of(String name, List<? extends Number> numbers) {
            boolean isValidation = name.startsWith(VALIDATION) && name.length() > VALIDATION.length();
            double[] all = numbers.stream().mapToDouble(Number::doubleValue).toArray();
            int[] measured = IntStream.range(0, all.length)
                    .filter(i -> !Double.isNaN(all[i]))
                    .toArray();
            return new Curve(
                    isValidation ? name.substring(VALIDATION.length()) : name,
                    isValidation,
                    IntStream.of(measured).mapToDouble(i -> i + 1).toArray(),
                    IntStream.of(measured).mapToDouble(i -> all[i]).toArray());
        }

        boolean isLeftOut() {
            return measure.equals(SECONDS) || (measure.equals(RATE) && lowest() == highest());
        }

        boolean falls() {
            return values[values.length - 1] <= values[0];
        }

        double lowest() {
            return Arrays.stream(values).min().orElse(0);
        }

        double highest() {
            return Arrays.stream(values).max().orElse(0);
        }

        Series line() {
            String name = isValidation ? "validation" : "training";
            return Series.line("history", name, epochs, values, isValidation ? 1 : 0);
        }
    }
}
