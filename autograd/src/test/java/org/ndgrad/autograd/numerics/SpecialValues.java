package org.ndgrad.autograd.numerics;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableTable;
import com.google.common.collect.Table;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ndgrad.autograd.Tensor;

/** Values and slopes of special functions by mpmath, see make_special_values.py; by function and number. */
record SpecialValues(Table<String, Double, DoubleDouble> values, Table<String, Double, DoubleDouble> slopes) {

    static SpecialValues read() {
        ImmutableTable.Builder<String, Double, DoubleDouble> values = ImmutableTable.builder();
        ImmutableTable.Builder<String, Double, DoubleDouble> slopes = ImmutableTable.builder();
        try {
            for (String line :
                    Resources.readLines(Resources.getResource("golden/special_values.csv"), StandardCharsets.UTF_8)) {
                List<String> row = Splitter.on(',').splitToList(line);
                double x = Double.parseDouble(row.get(1));
                values.put(row.get(0), x, number(row.get(2)));
                slopes.put(row.get(0), x, number(row.get(3)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SpecialValues(values.buildOrThrow(), slopes.buildOrThrow());
    }

    /** What is beyond doubles is infinite. */
    private static DoubleDouble number(String text) {
        double near = Double.parseDouble(text);
        return Double.isFinite(near) && near != 0 ? DoubleDouble.of(new BigDecimal(text)) : DoubleDouble.of(near);
    }

    Accuracy of(String name, UnaryOperator<Tensor> function) {
        return Accuracy.of(name, function, x -> get(values, name, x), x -> get(slopes, name, x))
                .at(values.row(name).keySet());
    }

    private static DoubleDouble get(Table<String, Double, DoubleDouble> table, String name, double x) {
        DoubleDouble value = table.get(name, x);
        if (value == null) {
            throw new IllegalArgumentException("special values: expected a number of the file; got " + x + ".");
        }
        return value;
    }
}
