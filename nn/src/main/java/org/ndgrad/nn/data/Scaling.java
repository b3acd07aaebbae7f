package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.autograd.ops.Comparison;

/**
 * An affine change of each feature, (x − offset) / scale: what the scalers have in common. It is computed in float64
 * and rounded once.
 */
final class Scaling {

    private static final String UNIT = "unit";
    private static final String OFFSET = "offset";
    private static final String OFFSET_REST = "offset_rest";
    private static final String SCALE = "scale";
    private static final String DTYPE = "dtype";
    private static final String BEYOND_FLOAT64 = "beyond_float64";
    private static final ImmutableSet<String> NAMES =
            ImmutableSet.of(UNIT, OFFSET, OFFSET_REST, SCALE, DTYPE, BEYOND_FLOAT64);
    private static final ImmutableList<DataType> FLOATING =
            ImmutableList.of(DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16, DataType.BFLOAT16);

    private final String who;
    private final DataType holding;
    private final Tensor unit;
    private final Split offset;
    private final Tensor scale;
    private final OptionalInt beyondFloat64;

    /** Takes offset and scale of shape (*), in the units of the samples, for data of shape (N, *). */
    Scaling(String who, Samples samples, Split offset, Tensor scale) {
        this(who, holding(samples.dtype()), samples.unit(), offset, scale, samples.beyondFloat64(scale));
    }

    private Scaling(String who, DataType holding, Tensor unit, Split offset, Tensor scale, OptionalInt beyondFloat64) {
        this.who = who;
        this.holding = holding;
        this.unit = MemoryScope.stored(unit);
        this.offset = offset;
        this.scale = MemoryScope.stored(scale);
        this.beyondFloat64 = beyondFloat64;
        MemoryScope.stored(offset.high());
        MemoryScope.stored(offset.low());
    }

    ImmutableMap<String, Object> stateDict() {
        return ImmutableMap.<String, Object>builder()
                .put(UNIT, unit)
                .put(OFFSET, offset.high())
                .put(OFFSET_REST, offset.low())
                .put(SCALE, scale)
                .put(DTYPE, Text.dtype(holding))
                .put(BEYOND_FLOAT64, (long) beyondFloat64.orElse(-1))
                .buildOrThrow();
    }

    /**
     * Reads what {@link #stateDict} returned.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static Scaling of(String who, Map<String, ?> state) {
        check(who, state.keySet().equals(NAMES), "the names " + NAMES, state.keySet());
        Tensor scale = numbers(who, state, SCALE);
        Tensor unit = numbers(who, state, UNIT);
        Tensor high = numbers(who, state, OFFSET);
        Tensor low = numbers(who, state, OFFSET_REST);
        for (Tensor each : List.of(unit, high, low)) {
            boolean fits = Arrays.equals(each.shape(), scale.shape()) || (each == low && low.ndim() == 0);
            check(who, fits, "numbers of the same shape " + Text.shape(scale), Text.shape(each));
        }
        for (Tensor each : List.of(unit, scale)) {
            check(who, Arrays.stream(each.toDoubleArray()).allMatch(x -> x > 0), "scales above 0", each);
        }
        Object dtype = state.get(DTYPE);
        Optional<DataType> holding =
                FLOATING.stream().filter(each -> Text.dtype(each).equals(dtype)).findFirst();
        check(who, holding.isPresent(), "a floating type as '" + DTYPE + "'", String.valueOf(dtype));
        long beyond = state.get(BEYOND_FLOAT64) instanceof Number number ? number.longValue() : -2;
        check(
                who,
                beyond >= -1 && beyond < scale.numel(),
                "a feature, or -1, as '" + BEYOND_FLOAT64 + "'",
                String.valueOf(state.get(BEYOND_FLOAT64)));
        return new Scaling(
                who,
                holding.orElseThrow(),
                unit,
                new Split(high, low),
                scale,
                beyond < 0 ? OptionalInt.empty() : OptionalInt.of((int) beyond));
    }

    private static Tensor numbers(String who, Map<String, ?> state, String name) {
        Object value = state.get(name);
        boolean fits = value instanceof Tensor tensor
                && tensor.dtype() == DataType.DOUBLE
                && Arrays.stream(tensor.toDoubleArray()).allMatch(Double::isFinite);
        check(who, fits, "finite float64 numbers as '" + name + "'", String.valueOf(value));
        return ((Tensor) Objects.requireNonNull(value)).detach().clone();
    }

    private static void check(String who, boolean fits, String expected, Object got) {
        checkArgument(
                fits, "%s.load: expected %s; got %s. Load the state of a %s that was fitted.", who, expected, got, who);
    }

    /** Returns the offset, float64, shape (*). */
    Tensor offset() {
        return offset.high().add(offset.low()).div(unit);
    }

    /** Returns the scale, float64, shape (*). */
    Tensor scale() {
        return scale.div(unit);
    }

    /** Returns (x − offset) / scale in the dtype of x, or float32 for integers. */
    Tensor apply(Tensor x) {
        checkShape(x);
        Tensor wide = x.dtype().isFPType() ? x : x.to(DataType.INT64);
        Tensor y = MemoryScope.chain(
                wide,
                ImmutableList.of(this::distance, distance -> distance.div(scale), result -> result.to(floating(x))));
        checkHeld(x, y);
        return y;
    }

    private Tensor distance(Tensor x) {
        if (x.dtype() == DataType.INT64) {
            return Split.of(x, unit).minus(offset);
        }
        return MemoryScope.chain(
                x,
                ImmutableList.of(
                        narrow -> narrow.to(DataType.DOUBLE),
                        wide -> wide.mul(unit),
                        wide -> wide.sub(offset.high()),
                        wide -> wide.sub(offset.low())));
    }

    /** Returns y · scale + offset in the wider of two dtypes: that of y, and the one for what this was fitted on. */
    Tensor invert(Tensor y) {
        checkShape(y);
        checkArgument(
                beyondFloat64.isEmpty(),
                "%s.inverse: expected numbers that float64 tells apart; got integers beyond 2^53 that are close together,"
                        + " in feature %s of those it was fitted on. Subtract a constant from them before fit.",
                who,
                beyondFloat64.orElse(0));
        DataType dtype = wider(floating(y), holding);
        Tensor x = MemoryScope.chain(
                y,
                ImmutableList.of(
                        narrow -> narrow.to(DataType.DOUBLE),
                        wide -> wide.mul(scale),
                        wide -> wide.add(offset.low()),
                        wide -> wide.add(offset.high()),
                        wide -> wide.div(unit),
                        wide -> wide.to(dtype)));
        checkHeld(y, x);
        return x;
    }

    private void checkShape(Tensor x) {
        long[] shape = x.shape();
        boolean fits = shape.length == scale.ndim() + 1;
        for (int dim = 1; fits && dim < shape.length; dim++) {
            fits = shape[dim] == scale.size(dim - 1);
        }
        checkArgument(
                fits,
                "%s: expected features like those it was fitted on, with %s after the first dimension; got %s."
                        + " Fit another one on these.",
                who,
                Text.shape(scale),
                Text.shape(x));
    }

    /** Refuses finite numbers whose result is too large for its dtype. */
    private void checkHeld(Tensor from, Tensor result) {
        Tensor finite = Comparison.isfinite(result.detach());
        if (finite.all().item() == 0) {
            Tensor lost = Comparison.logicalAnd(Comparison.isfinite(from.detach()), Comparison.logicalNot(finite));
            checkArgument(
                    lost.any().item() == 0,
                    "%s: expected numbers whose results %s can hold; got one whose result overflows. Convert them to a"
                            + " wider dtype, or fit on numbers of their size.",
                    who,
                    Text.dtype(result));
        }
    }

    private static DataType floating(Tensor x) {
        return x.dtype().isFPType() ? x.dtype() : DataType.FLOAT;
    }

    /** Returns the narrowest floating dtype of at least float32 that holds integers, or the floating dtype itself. */
    private static DataType holding(DataType dtype) {
        return switch (dtype) {
            case LONG, INT -> DataType.DOUBLE;
            default -> dtype.isFPType() ? dtype : DataType.FLOAT;
        };
    }

    private static DataType wider(DataType a, DataType b) {
        boolean differentHalves = a != b && a.width() == b.width();
        return differentHalves ? DataType.FLOAT : a.width() > b.width() ? a : b;
    }
}
