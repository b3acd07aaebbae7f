package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Rng;
import org.ndgrad.nn.data.DataLoader;

/**
 * What a run of a {@link Trainer} goes through.
 *
 * @param note what to say of it at the beginning, maybe empty
 */
record FitData<T>(Iterable<? extends T> train, Optional<Iterable<? extends T>> validation, String note) {

    /** Splits validation data off, once for all runs with the same data, which then go on counting epochs. */
    static final class Splitter<T> {

        private final Optional<ValidationSplit> split;
        private @Nullable Iterable<? extends T> whole;
        private @Nullable FitData<T> parts;

        Splitter(Optional<ValidationSplit> split) {
            this.split = split;
        }

        /** Returns the data as given, or the parts of the training data. */
        FitData<T> of(Iterable<? extends T> train, Optional<Iterable<? extends T>> validation) {
            if (split.isEmpty()) {
                return new FitData<>(train, validation, "");
            }
            checkArgument(
                    validation.isEmpty(),
                    "Trainer.fit: expected validation data or a validation split; got both. Leave out the data, or"
                            + " with%sValidationSplit(%s).",
                    split.get().stratified() ? "Stratified" : "",
                    split.get().fraction());
            FitData<T> result = whole == train ? parts : null;
            if (result == null) {
                result = split(split.get(), train);
                parts = result;
                whole = train;
            }
            return result;
        }

        private static <T> FitData<T> split(ValidationSplit split, Iterable<? extends T> train) {
            checkArgument(
                    train instanceof DataLoader<?>,
                    "Trainer.fit: expected a DataLoader, whose samples can be split; got a %s. Make a loader, or split"
                            + " the data by Splits and pass both parts.",
                    train.getClass().getSimpleName());
            DataLoader<? extends T> loader = (DataLoader<? extends T>) train;
            Rng rng = new Rng(split.seed());
            double[] shares = {1 - split.fraction(), split.fraction()};
            List<? extends DataLoader<? extends T>> parts =
                    split.stratified() ? loader.stratifiedSplit(rng, shares) : loader.split(rng, shares);
            int left = parts.get(0).batches();
            int kept = parts.get(1).batches();
            checkArgument(
                    left > 0 && kept > 0,
                    "Trainer.fit: expected samples enough for both parts of a %s of %s; got %s. Pass more"
                            + " data, or another fraction.",
                    split.kind(),
                    split.fraction(),
                    train);
            return new FitData<>(
                    parts.get(0),
                    Optional.of(parts.get(1)),
                    split.kind() + " " + split.fraction() + ", seed " + split.seed() + ": " + left
                            + " batches to train on, " + kept + " to validate with");
        }
    }
}
