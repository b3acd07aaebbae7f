package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.nn.Stateful;

/**
 * Writes each category as as many numbers as there are categories, 1 for the category itself and 0 for the others;
 * several columns side by side. Categories are those of the data it was fitted on, the training part, in the order of
 * their texts. Only {@link #load} changes it; a checkpoint saves it with a model.
 *
 * <pre>{@code
 * OneHotEncoder encoder = OneHotEncoder.fit(train.categories("port", "sex"));
 * Tensor features = encoder.transform(test.categories("port", "sex")); // (N, 3 ports + 2 sexes)
 * }</pre>
 *
 * <p>Another category is refused, or with {@link UnknownCategory#IGNORE} gives zeros alone.
 */
public final class OneHotEncoder implements Stateful {

    /** The number of a category for which nothing stands. */
    private static final int NONE = -1;

    private Optional<Categories> categories;

    /** Creates one that is not fitted, to load its state. */
    public OneHotEncoder() {
        this(Optional.empty());
    }

    private OneHotEncoder(Optional<Categories> categories) {
        this.categories = categories;
    }

    /**
     * Finds the categories of each column.
     *
     * @param columns at least one, with at least one sample
     * @throws IllegalArgumentException if there are none, or they differ in length
     */
    public static OneHotEncoder fit(List<? extends List<String>> columns) {
        return fit(columns, UnknownCategory.REFUSE);
    }

    /**
     * Finds the categories of each column.
     *
     * @param columns at least one, with at least one sample
     * @param unknown what {@link #transform} does with other categories
     * @throws IllegalArgumentException if there are none, or they differ in length
     */
    public static OneHotEncoder fit(List<? extends List<String>> columns, UnknownCategory unknown) {
        OptionalInt number = unknown == UnknownCategory.IGNORE ? OptionalInt.of(NONE) : OptionalInt.empty();
        return new OneHotEncoder(Optional.of(Categories.fit("OneHotEncoder", columns, number)));
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
     * Returns ones at the places of the categories.
     *
     * @param columns as many as it was fitted on
     * @return {@link Tensor#defaultDtype()}, shape (N, number of all categories)
     * @throws IllegalArgumentException if a category is unknown and these are not ignored, or there are other columns
     * @throws IllegalStateException if it was neither fitted nor loaded
     */
    public Tensor transform(List<? extends List<String>> columns) {
        Categories known = fitted("transform");
        int[][] numbers = known.transform(columns, "fit(columns, UnknownCategory.IGNORE)");
        int rows = numbers[0].length;
        int width = width(known);
        double[] ones = Checks.javaArray("OneHotEncoder.transform", (long) rows * width, double[]::new);
        int offset = 0;
        for (int j = 0; j < numbers.length; j++) {
            for (int i = 0; i < rows; i++) {
                if (numbers[j][i] != NONE) {
                    ones[i * width + offset + numbers[j][i]] = 1;
                }
            }
            offset += known.columns().get(j).size();
        }
        return Tensor.of(ones).to(Tensor.defaultDtype()).reshape(rows, width);
    }

    /**
     * Returns for each column the category with the largest number, which undoes {@link #transform}, and reads
     * probabilities. Where an unknown category was ignored, there is none.
     *
     * @param encoded shape (N, number of all categories)
     * @return column by column
     * @throws IllegalArgumentException if it has another shape, a number is NaN, or none above 0 is the largest
     * @throws IllegalStateException if it was neither fitted nor loaded
     */
    public ImmutableList<ImmutableList<String>> inverse(Tensor encoded) {
        Categories known = fitted("inverse");
        int width = width(known);
        checkArgument(
                encoded.ndim() == 2 && encoded.size(1) == width,
                "OneHotEncoder.inverse: expected (N, %s), a number for each category; got %s. Pass what transform gives.",
                width,
                Text.shape(encoded));
        double[] numbers = encoded.toDoubleArray();
        ImmutableList.Builder<ImmutableList<String>> result = ImmutableList.builder();
        int offset = 0;
        for (ImmutableList<String> categories : known.columns()) {
            ImmutableList.Builder<String> column = ImmutableList.builder();
            for (int row = 0; row < encoded.size(0); row++) {
                column.add(categories.get(largest(numbers, row, row * width + offset, categories.size())));
            }
            result.add(column.build());
            offset += categories.size();
        }
        return result.build();
    }

    private static int largest(double[] numbers, int row, int from, int count) {
        double[] block = Arrays.copyOfRange(numbers, from, from + count);
        double most = Arrays.stream(block).max().orElse(Double.NaN); // NaN if one is
        int[] best = IntStream.range(0, count).filter(i -> block[i] == most).toArray();
        checkArgument(
                best.length == 1 && most > 0,
                "OneHotEncoder.inverse: expected one largest number above 0 in each column, in row %s; got none. Pass"
                        + " ones and zeros, or probabilities.",
                row);
        return best[0];
    }

    private static int width(Categories known) {
        return known.columns().stream().mapToInt(List::size).sum();
    }

    /** Returns the categories; nothing if it was not fitted. */
    @Override
    public ImmutableMap<String, Object> stateDict() {
        return Categories.stateDict(categories);
    }

    @Override
    public void load(Map<String, ?> state) {
        Optional<Categories> loaded = Categories.load("OneHotEncoder", state);
        checkArgument(
                loaded.stream().allMatch(each -> each.unknown().orElse(NONE) == NONE),
                "OneHotEncoder.load: expected %s for unknown categories, if they are ignored; got %s. Load the state of a"
                        + " OneHotEncoder that was fitted.",
                NONE,
                state);
        categories = loaded;
    }

    private Categories fitted(String method) {
        return Categories.fitted("OneHotEncoder", method, categories);
    }

    /** Returns how many categories each column has. */
    @Override
    public String toString() {
        return Categories.described("OneHotEncoder", categories);
    }
}
