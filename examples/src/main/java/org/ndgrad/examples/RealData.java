package org.ndgrad.examples;

import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.nn.data.Csv;
import org.ndgrad.nn.data.CsvOptions;
import org.ndgrad.nn.data.CsvTable;
import org.ndgrad.nn.data.TensorDataset;

/**
 * The real data sets that come with the examples, by name.
 *
 * <pre>{@code
 * TensorDataset flowers = RealData.named("iris").load();
 * System.out.println(RealData.IRIS.license());
 * }</pre>
 */
public enum RealData {
    /** 150 flowers, 4 measurements of each, 3 species. */
    IRIS("iris.LICENSE.txt"),

    /** 178 wines, 13 measurements of each, 3 growers. */
    WINE("wine.LICENSE.txt"),

    /** 569 tumors, 30 measurements of each; 0 is malignant, 1 benign. */
    BREAST_CANCER("breast_cancer.LICENSE.txt"),

    /** 442 patients, 10 measurements of each, and the progress of their diabetes, a number (N, 1), all float64. */
    DIABETES("diabetes.LICENSE.txt"),

    /** 1797 handwritten digits, (N, 1, 8, 8) from 0 to 1. */
    DIGITS("digits.LICENSE.txt"),

    /** 10,000 pictures of clothes to train on, (N, 1, 28, 28) from 0 to 1, 10 kinds. */
    FASHION_MNIST("fashion-mnist/LICENSE.txt"),

    /** 10,000 further pictures of clothes, to test on. */
    FASHION_MNIST_TEST("fashion-mnist/LICENSE.txt");

    private final String license;

    RealData(String license) {
        this.license = license;
    }

    /**
     * Returns a data set by its name, such as {@code breast-cancer}.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static RealData named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("RealData: expected one of " + Arrays.toString(values())
                        + "; got '" + name + "'. Take one of these names."));
    }

    /** Reads the data: features, and a class or a number each. */
    public TensorDataset load() {
        return switch (this) {
            case IRIS -> labeled(csv("iris.csv"));
            case WINE -> labeled(csv("wine.csv"));
            case BREAST_CANCER -> labeled(BreastCancer.data());
            case DIABETES -> diabetes();
            case DIGITS -> Digits.data();
            case FASHION_MNIST -> FashionMnist.data().train();
            case FASHION_MNIST_TEST -> FashionMnist.data().test();
        };
    }

    /** Returns where the data come from, and under which license. */
    public String license() {
        try {
            return Resources.toString(Resources.getResource(RealData.class, license), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the name: lower case, with hyphens. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static CsvTable csv(String name) {
        return Csv.readResource(RealData.class, name, CsvOptions.defaults().withHeaderLines(1));
    }

    private static TensorDataset labeled(CsvTable table) {
        return table.dataset(table.columnCount() - 1);
    }

    private static TensorDataset diabetes() {
        CsvOptions spaces = CsvOptions.defaults().withDelimiter(' ');
        return new TensorDataset(
                Csv.readResource(RealData.class, "diabetes_data_raw.csv.gz", spaces)
                        .columns(DataType.DOUBLE),
                Csv.readResource(RealData.class, "diabetes_target.csv.gz", spaces)
                        .columns(DataType.DOUBLE));
    }
}
