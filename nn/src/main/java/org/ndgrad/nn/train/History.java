package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Lists;
import com.google.common.collect.Maps;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ndgrad.nn.Painter;
import org.ndgrad.nn.Picture;
import org.ndgrad.nn.Stateful;

/**
 * Numbers of each epoch of a training, as series by name.
 *
 * <p>A {@link Trainer} keeps {@code loss}, each metric under its name, both of the validation data as {@code val_loss}
 * and so on, {@code learning_rate} of the epoch's last step, and {@code seconds}. A hand-written loop can keep what it
 * wants by {@link #add}.
 *
 * <pre>{@code
 * History history = trainer.fit(train, validation, 20);
 * List<Double> losses = history.series("val_loss");
 * Files.writeString(Path.of("history.csv"), history.toCsv());
 * history.plot().save(Path.of("history.png"));
 * }</pre>
 *
 * <p>What was not measured in an epoch is NaN.
 */
public final class History implements Stateful {

    private static final String EPOCH = "epoch";

    private final Map<String, List<Double>> series = new LinkedHashMap<>();
    private int epochs;

    /** Creates a history of no epochs. */
    public History() {}

    /** Makes series known before they have values. */
    void declare(Collection<String> names) {
        for (String name : names) {
            series.computeIfAbsent(name, key -> new ArrayList<>(Collections.nCopies(epochs, Double.NaN)));
        }
    }

    /**
     * Adds an epoch.
     *
     * @param values by name of the series; one that is new was NaN before, one that is missing is NaN now
     * @throws IllegalArgumentException if a series is called {@code epoch}, which numbers the epochs
     */
    public void add(Map<String, Double> values) {
        checkArgument(
                !values.containsKey(EPOCH),
                "History: expected series of other names than 'epoch', the number of the epoch; got it. Rename it.");
        declare(values.keySet());
        series.forEach((name, list) -> list.add(values.getOrDefault(name, Double.NaN)));
        epochs++;
    }

    /** Returns the number of epochs. */
    public int epochs() {
        return epochs;
    }

    /** Returns the names of the series, in order. */
    public ImmutableSet<String> names() {
        return ImmutableSet.copyOf(series.keySet());
    }

    /** Returns all series by name, in order. */
    public ImmutableMap<String, ImmutableList<Double>> series() {
        return ImmutableMap.copyOf(Maps.transformValues(series, ImmutableList::copyOf));
    }

    /**
     * Returns one number for each epoch.
     *
     * @throws IllegalArgumentException if there is no series of this name; the message lists those that are there
     */
    public ImmutableList<Double> series(String name) {
        return ImmutableList.copyOf(numbers(name));
    }

    private List<Double> numbers(String name) {
        List<Double> found = series.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "History: expected one of the series " + names() + "; got '" + name + "'. Take one of these.");
        }
        return found;
    }

    /**
     * Returns the number of the last epoch.
     *
     * @throws IllegalArgumentException if there is no series of this name, or no epoch yet
     */
    public double last(String name) {
        List<Double> found = numbers(name); // not a copy: it is asked for in each epoch
        checkArgument(!found.isEmpty(), "History: expected an epoch at least; got none yet. Train first.");
        return found.get(found.size() - 1);
    }

    /**
     * Draws the series as learning curves, one plot for each measure, as {@code TrainingPlots.history} does.
     *
     * @throws IllegalArgumentException if nothing was measured
     * @throws IllegalStateException if the module {@code ndgrad-plot} is not there
     */
    public Picture plot() {
        return Painter.of("History.plot").history(series);
    }

    /** Returns a line of names, {@code epoch,loss,…}, and a line for each epoch, with nothing where a number is NaN. */
    public String toCsv() {
        StringBuilder text = new StringBuilder(EPOCH);
        series.keySet().forEach(name -> text.append(',').append(quoted(name)));
        text.append('\n');
        for (int i = 0; i < epochs; i++) {
            text.append(i + 1);
            for (List<Double> values : series.values()) {
                text.append(',').append(Double.isNaN(values.get(i)) ? "" : values.get(i));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String quoted(String name) {
        return name.matches("[^,\"\\r\\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Returns an object with an array for each series, and {@code epoch}; null stands for what is not finite. */
    public String toJson() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart(EPOCH);
            for (int i = 1; i <= epochs; i++) {
                json.writeNumber(i);
            }
            json.writeEndArray();
            for (Map.Entry<String, List<Double>> each : series.entrySet()) {
                json.writeArrayFieldStart(each.getKey());
                for (double value : each.getValue()) {
                    if (Double.isFinite(value)) {
                        json.writeNumber(value);
                    } else {
                        json.writeNull();
                    }
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    @Override
    public ImmutableMap<String, Object> stateDict() {
        return ImmutableMap.copyOf(series());
    }

    @Override
    public void load(Map<String, ?> state) {
        Map<String, List<Double>> loaded = new LinkedHashMap<>();
        state.forEach((name, values) -> {
            checkArgument(
                    values instanceof List<?> list && list.stream().allMatch(Number.class::isInstance),
                    "History.load: expected a list of numbers as '%s'; got %s. Load a state of a history.",
                    name,
                    values);
            loaded.put(
                    name, new ArrayList<>(Lists.transform((List<?>) values, value -> ((Number) value).doubleValue())));
        });
        int count = loaded.values().stream().mapToInt(List::size).max().orElse(0);
        checkArgument(
                loaded.values().stream().allMatch(values -> values.size() == count),
                "History.load: expected series of one length; got %s. Load a state of a history.",
                Maps.transformValues(loaded, List::size));
        series.clear();
        series.putAll(loaded);
        epochs = count;
    }

    /** Returns a table with a line for each epoch. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(EPOCH);
        series.keySet().forEach(name -> text.append("  ").append(padded(name, name)));
        for (int i = 0; i < epochs; i++) {
            text.append(String.format(Locale.ROOT, "%n%5d", i + 1));
            for (Map.Entry<String, List<Double>> each : series.entrySet()) {
                text.append("  ")
                        .append(padded(each.getKey(), shown(each.getValue().get(i))));
            }
        }
        return text.toString();
    }

    private static String padded(String name, String text) {
        return String.format("%" + Math.max(8, name.length()) + "s", text);
    }

    /** Returns a number as people read it: four digits behind the point, or scientific if that shows too little. */
    static String shown(double value) {
        boolean plain = value == 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6) || !Double.isFinite(value);
        return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", value);
    }
}
