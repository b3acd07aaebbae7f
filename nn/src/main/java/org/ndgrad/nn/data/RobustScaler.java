package org.ndgrad.nn.data;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.stream.LongStream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Comparison;
import org.ndgrad.autograd.ops.Sorting;

/**
 * Shifts and scales each feature by numbers that outliers do not move: y = (x − median) / IQR, with median and
 * interquartile range of the data it was fitted on. Quartiles between two samples are interpolated linearly. A feature
 * whose interquartile range is 0 is only shifted.
 */
public final class RobustScaler extends Scaler {

    private static final String WHO = "RobustScaler";
    private static final ImmutableList<Double> QUARTILES = ImmutableList.of(0.25, 0.5, 0.75);

    /** Creates one that is not fitted, to load its state. */
    public RobustScaler() {
        super(Optional.empty());
    }

    private RobustScaler(Scaling scaling) {
        super(Optional.of(scaling));
    }

    /**
     * Measures median and interquartile range of each feature.
     *
     * @param features shape (N, *), at least one sample
     * @throws IllegalArgumentException if there is no sample, or a number is not finite
     */
    public static RobustScaler fit(Tensor features) {
        long last = new Samples(WHO, features).count() - 1;
        long[] around = QUARTILES.stream()
                .flatMapToLong(q -> LongStream.of((long) Math.floor(q * last), (long) Math.ceil(q * last)))
                .toArray();
        Samples samples = new Samples(WHO, Sorting.msort(features.detach()).indexSelect(0, Tensor.of(around)));
        Split middle = samples.sample(2); // what is far away, and would take its digits, may be at either end
        Tensor distances = samples.above(middle);
        Split median = new Split(middle.high(), middle.low().add(quartile(distances, 1, last)));
        Tensor range = quartile(distances, 2, last).sub(quartile(distances, 0, last));
        Tensor scale = Comparison.where(range.le(samples.rounding()), samples.unit(), range);
        return new RobustScaler(new Scaling(WHO, samples, median, scale));
    }

    /** Returns what lies between the samples below and above a quartile, which stand one after the other. */
    private static Tensor quartile(Tensor around, int index, long last) {
        Tensor below = around.select(0, 2L * index);
        Tensor above = around.select(0, 2L * index + 1);
        double place = QUARTILES.get(index) * last;
        return below.add(above.sub(below).mul(place - Math.floor(place)));
    }
}
