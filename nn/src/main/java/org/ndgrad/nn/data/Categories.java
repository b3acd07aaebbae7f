package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The categories of each column, in the order of their texts, and the numbers that encoders give to them.
 *
 * @param who the encoder
 * @param columns the categories of each column
 * @param numbers of the categories of each column
 * @param unknown the number of all other categories, if they are taken
 */
record Categories(
        String who,
        ImmutableList<ImmutableList<String>> columns,
        ImmutableList<ImmutableMap<String, Integer>> numbers,
        OptionalInt unknown) {

    private static final String CATEGORIES = "categories";
    private static final String UNKNOWN = "unknown";

    /** Returns the categories that occur. */
    static Categories fit(String who, List<? extends List<String>> columns, OptionalInt unknown) {
        checkColumns(who + ".fit", columns);
        checkNoNull(who, columns);
        checkArgument(
                !columns.get(0).isEmpty(),
                "%s.fit: expected at least one sample; got none. Pass the training data.",
                who);
        return new Categories(
                who,
                columns.stream()
                        .map(column -> ImmutableSortedSet.copyOf(column).asList())
                        .collect(ImmutableList.toImmutableList()),
                unknown);
    }

    private Categories(String who, ImmutableList<ImmutableList<String>> columns, OptionalInt unknown) {
        this(
                who,
                columns,
                columns.stream().map(Categories::numbered).collect(ImmutableList.toImmutableList()),
                unknown);
        int most = columns.stream().mapToInt(List::size).max().orElse(0);
        checkArgument(
                unknown.isEmpty() || unknown.getAsInt() < 0 || unknown.getAsInt() >= most,
                "%s: expected a number for unknown categories that no other has, which have 0 to %s; got %s. Choose -1 or"
                        + " %s.",
                who,
                most - 1,
                unknown.orElse(0),
                most);
    }

    private static ImmutableMap<String, Integer> numbered(List<String> categories) {
        ImmutableMap.Builder<String, Integer> numbers = ImmutableMap.builder();
        for (int i = 0; i < categories.size(); i++) {
            numbers.put(categories.get(i), i);
        }
        return numbers.buildOrThrow();
    }

    static Categories fitted(String who, String method, Optional<Categories> categories) {
        checkState(
                categories.isPresent(),
                "%s.%s: expected a fitted one; got one that is not. Make it by %s.fit(train), or load its state.",
                who,
                method,
                who);
        return categories.orElseThrow();
    }

    static ImmutableMap<String, Object> stateDict(Optional<Categories> categories) {
        ImmutableMap.Builder<String, Object> state = ImmutableMap.builder();
        categories.ifPresent(fitted -> {
            state.put(CATEGORIES, fitted.columns);
            fitted.unknown.ifPresent(number -> state.put(UNKNOWN, (long) number));
        });
        return state.buildOrThrow();
    }

    /** Reads what {@link #stateDict} returned. */
    static Optional<Categories> load(String who, Map<String, ?> state) {
        if (state.isEmpty()) {
            return Optional.empty();
        }
        ImmutableList.Builder<ImmutableList<String>> columns = ImmutableList.builder();
        OptionalInt unknown = unknown(state);
        boolean fits = state.size() == 1 + unknown.stream().count()
                && state.get(CATEGORIES) instanceof List<?> list
                && !list.isEmpty();
        for (Object column : fits ? (List<?>) Objects.requireNonNull(state.get(CATEGORIES)) : ImmutableList.of()) {
            ImmutableList.Builder<String> texts = ImmutableList.builder();
            for (Object each : column instanceof List<?> list ? list : ImmutableList.of()) {
                fits &= each instanceof String;
                texts.add(String.valueOf(each));
            }
            ImmutableList<String> categories = texts.build();
            fits &= !categories.isEmpty()
                    && categories.equals(ImmutableSortedSet.copyOf(categories).asList());
            columns.add(categories);
        }
        checkArgument(
                fits,
                "%s.load: expected the categories of each column, sorted texts, as '%s'; got %s. Load the state of a %s"
                        + " that was fitted.",
                who,
                CATEGORIES,
                state,
                who);
        return Optional.of(new Categories(who, columns.build(), unknown));
    }

    private static OptionalInt unknown(Map<String, ?> state) {
        return state.get(UNKNOWN) instanceof Number number && number.doubleValue() == number.intValue()
                ? OptionalInt.of(number.intValue())
                : OptionalInt.empty();
    }

    /**
     * Returns the number of each category, column by column.
     *
     * @param wayOut what fits an encoder that takes unknown ones
     */
    int[][] transform(List<? extends List<String>> data, String wayOut) {
        checkColumns(who + ".transform", data);
        checkArgument(
                data.size() == columns.size(),
                "%s.transform: expected %s columns, as those it was fitted on; got %s. Pass the same columns, in the same"
                        + " order.",
                who,
                columns.size(),
                data.size());
        int[][] result = new int[columns.size()][];
        for (int j = 0; j < result.length; j++) {
            List<String> column = data.get(j);
            result[j] = new int[column.size()];
            for (int i = 0; i < result[j].length; i++) {
                Integer number = numbers.get(j).get(column.get(i));
                checkArgument(
                        number != null || (unknown.isPresent() && column.get(i) != null),
                        "%s.transform: expected categories that it was fitted on, %s in column %s; got '%s' in row %s. Fit it"
                                + " on data with all categories, or by %s, or replace the category.",
                        who,
                        columns.get(j),
                        j,
                        column.get(i),
                        i,
                        wayOut);
                result[j][i] = number != null ? number : unknown.getAsInt();
            }
        }
        return result;
    }

    private static void checkNoNull(String who, List<? extends List<String>> columns) {
        for (int j = 0; j < columns.size(); j++) {
            List<String> column = columns.get(j);
            for (int i = 0; i < column.size(); i++) {
                checkNotNull(
                        column.get(i),
                        "%s.fit: expected texts of categories; got null in row %s of column %s. Leave the sample out, or"
                                + " give what is missing a text of its own.",
                        who,
                        i,
                        j);
            }
        }
    }

    private static void checkColumns(String who, List<? extends List<String>> columns) {
        checkArgument(!columns.isEmpty(), "%s: expected at least one column of categories; got none. Pass some.", who);
        for (List<String> column : columns) {
            checkArgument(
                    column.size() == columns.get(0).size(),
                    "%s: expected columns of the same length; got %s and %s. Pass whole columns.",
                    who,
                    columns.get(0).size(),
                    column.size());
        }
    }

    /** Returns how an encoder prints. */
    static String described(String who, Optional<Categories> categories) {
        return who
                + categories
                        .map(fitted -> "(categories="
                                + fitted.columns.stream().map(List::size).toList()
                                + (fitted.unknown.isPresent() ? ", takes unknown ones)" : ")"))
                        .orElse("(not fitted)");
    }
}
