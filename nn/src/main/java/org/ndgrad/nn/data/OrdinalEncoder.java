package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.nn.Stateful;

/**
 * Writes each category as its number, counted from 0, such as for class labels and embeddings. Categories are those of
 * the data it was fitted on, the training part, in the order of their texts. Only {@link #load} changes it; a
 * checkpoint saves it with a model.
 *
 * <pre>{@code
 * OrdinalEncoder encoder = OrdinalEncoder.fit(train.categories("species"));
 * Tensor labels = encoder.transform(train.categories("species")).squeeze(1); // int64, (N)
 * }</pre>
 *
 * <p>Another category is refused, unless {@link #fit(List, int)} gives a number to it.
 */
public final class OrdinalEncoder implements Stateful {

    private Optional<Categories> categories;

    /** Creates one that is not fitted, to load its state. */
    public OrdinalEncoder() {
        this(Optional.empty());
    }

    private OrdinalEncoder(Optional<Categories> categories) {
        this.categories = categories;
    }

    /**
     * Finds the categories of each column.
     *
     * @param columns at least one, with at least one sample
     * @throws IllegalArgumentException if there are none, or they differ in length
     */
    public static OrdinalEncoder fit(List<? extends List<String>> columns) {
        return fit(columns, OptionalInt.empty());
    }

    /**
     * Finds the categories of each column, and gives a number to all others.
     *
     * @param columns at least one, with at least one sample
     * @param unknown what {@link #transform} writes for other categories: a negative number, or for an embedding one
     *     that follows those of all columns
     * @throws IllegalArgumentException if there are no columns, they differ in length, or the number is a category's
     */
    public static OrdinalEncoder fit(List<? extends List<String>> columns, int unknown) {
        return fit(columns, OptionalInt.of(unknown));
    }

    private static OrdinalEncoder fit(List<? extends List<String>> columns, OptionalInt unknown) {
        return new OrdinalEncoder(Optional.of(Categories.fit("OrdinalEncoder", columns, unknown)));
    }

    /**
     * Returns the categories of each column, in the order of their numbers.
     *
     * @throws IllegalStateException if it was neither fitted nor loaded
     */
    public ImmutableList<ImmutableList<String>> categories() {
        return fitted("categories").columns();
    }

    /**
     * Returns the numbers of the categories.
     *
     * @param columns as many as it was fitted on
     * @return 64-bit integers, shape (N, columns)
     * @throws IllegalArgumentException if a category is unknown and these have no number, or there are other columns
     * @throws IllegalStateException if it was neither fitted nor loaded
     */
    public Tensor transform(List<? extends List<String>> columns) {
        int[][] numbers = fitted("transform").transform(columns, "fit(columns, -1)");
        long[] result =
                Checks.javaArray("OrdinalEncoder.transform", (long) numbers.length * numbers[0].length, long[]::new);
        for (int i = 0; i < result.length; i++) {
            result[i] = numbers[i % numbers.length][i / numbers.length];
        }
        return Tensor.of(result).reshape(numbers[0].length, numbers.length);
    }

    /**
     * Returns the categories of numbers, which undoes {@link #transform}, but for unknown ones.
     *
     * @param encoded integers, shape (N, columns)
     * @return column by column
     * @throws IllegalArgumentException if it has another shape or type, or a number stands for no category
     * @throws IllegalStateException if it was neither fitted nor loaded
     */
    public ImmutableList<ImmutableList<String>> inverse(Tensor encoded) {
        ImmutableList<ImmutableList<String>> known = fitted("inverse").columns();
        checkArgument(
                encoded.ndim() == 2 && encoded.size(1) == known.size() && isInteger(encoded.dtype()),
                "OrdinalEncoder.inverse: expected integers (N, %s), one for each column; got %s %s. Pass what transform"
                        + " gives, labels (N) with unsqueeze(1).",
                known.size(),
                Text.dtype(encoded),
                Text.shape(encoded));
        long[] numbers = encoded.toLongArray();
        ImmutableList.Builder<ImmutableList<String>> result = ImmutableList.builder();
        for (int j = 0; j < known.size(); j++) {
            ImmutableList.Builder<String> column = ImmutableList.builder();
            for (int i = j; i < numbers.length; i += known.size()) {
                checkArgument(
                        numbers[i] >= 0 && numbers[i] < known.get(j).size(),
                        "OrdinalEncoder.inverse: expected numbers in [0, %s) in column %s; got %s in row %s. Pass numbers of"
                                + " categories.",
                        known.get(j).size(),
                        j,
                        numbers[i],
                        i / known.size());
                column.add(known.get(j).get((int) numbers[i]));
            }
            result.add(column.build());
        }
        return result.build();
    }

    private static boolean isInteger(DataType dtype) {
        return !dtype.isFPType() && dtype != DataType.BOOL;
    }

    /** Returns the categories; nothing if it was not fitted. */
    @Override
    public ImmutableMap<String, Object> stateDict() {
        return Categories.stateDict(categories);
    }

    @Override
    public void load(Map<String, ?> state) {
        categories = Categories.load("OrdinalEncoder", state);
    }

    private Categories fitted(String method) {
        return Categories.fitted("OrdinalEncoder", method, categories);
    }

    /** Returns how many categories each column has. */
    @Override
    public String toString() {
        return Categories.described("OrdinalEncoder", categories);
    }
}
