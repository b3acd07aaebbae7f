package org.ndgrad.notebook;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ndgrad.nn.train.Callback;
import org.ndgrad.nn.train.History;
import org.ndgrad.nn.train.Trainer;

/**
 * Draws the curves of a training while it goes on, in place below the cell of a notebook, with a bar that says how far
 * it is. Where there is no notebook, it does nothing: the trainer's own lines say how far it is. In a notebook they can
 * be left out by {@code withQuiet(true)}.
 *
 * <pre>{@code
 * TrainerOptions.defaults().withCallbacks(new LivePlot(50));
 * }</pre>
 */
public final class LivePlot implements Callback {

    /** Drawing takes some hundredths of a second, a small part of it. */
    private static final double PAUSE_SECONDS = 1;

    private static final double NANOS = 1e-9;

    private final int epochs;
    private @Nullable Consumer<Object> place;
    private int firstEpoch;
    private long begun;
    private long drawn;

    /**
     * Makes a callback for one trainer.
     *
     * @param epochs how many the run has, as {@code fit} is told
     * @throws IllegalArgumentException if there are none
     */
    public LivePlot(int epochs) {
        checkArgument(epochs >= 1, "LivePlot: expected at least 1 epoch; got %s. Pass what fit gets.", epochs);
        this.epochs = epochs;
    }

    @Override
    public void onFitBegin(Trainer<?> trainer) {
        place = Notebook.place().orElse(null);
        firstEpoch = trainer.epoch();
        begun = System.nanoTime();
        draw(trainer, true);
    }

    @Override
    public void onStepEnd(Trainer<?> trainer) {
        drawIfDue(trainer);
    }

    @Override
    public void onEpochEnd(Trainer<?> trainer) {
        drawIfDue(trainer);
    }

    @Override
    public void onFitEnd(Trainer<?> trainer) {
        draw(trainer, false);
    }

    private void drawIfDue(Trainer<?> trainer) {
        if (seconds(drawn) >= PAUSE_SECONDS) {
            draw(trainer, true);
        }
    }

    private void draw(Trainer<?> trainer, boolean isGoing) {
        if (place != null) {
            place.accept(rendering(trainer, isGoing));
            drawn = System.nanoTime();
        }
    }

    /** Returns the bar, or the time at the end, above the curves. */
    private Rendering rendering(Trainer<?> trainer, boolean isGoing) {
        History history = trainer.history();
        String status = status(trainer, isGoing);
        String html = (isGoing ? Html.bar(trainer.epoch(), epochs) : "") + Html.caption(status);
        if (history.epochs() > 0) {
            html += Rendering.of(history).toHtml();
        }
        return Rendering.ofHtml(status, html);
    }

    private String status(Trainer<?> trainer, boolean isGoing) {
        StringJoiner texts = new StringJoiner(", ");
        double elapsed = seconds(begun);
        int done = trainer.epoch() - firstEpoch;
        texts.add("epoch " + trainer.epoch() + " of " + epochs);
        if (isGoing && trainer.batch() > 0) {
            texts.add("batch " + trainer.batch() + " of the next");
        }
        if (trainer.step() > 0) {
            texts.add("loss " + Tables.number(trainer.loss()));
        }
        if (!isGoing) {
            texts.add(String.format(Locale.ROOT, "%.1f s", elapsed));
        } else if (done > 0) {
            texts.add(
                    String.format(Locale.ROOT, "%.0f s left", elapsed / done * Math.max(0, epochs - trainer.epoch())));
        }
        return texts.toString();
    }

    private static double seconds(long since) {
        return NANOS * (System.nanoTime() - since);
    }
}
