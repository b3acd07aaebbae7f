package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.nn.Stateful;

/**
 * Shifts and scales each feature by what it measured on the data that it was fitted on. Fit it on the training part
 * only, and transform all parts with it. All is computed in float64, integers of 64 bits without loss, and rounded once
 * to the dtype of the result.
 *
 * <p>What it measured is saved with a model by a checkpoint, and loaded into one that need not be fitted:
 *
 * <pre>{@code
 * new Checkpoint().with("model", model).with("scaler", Standardizer.fit(train)).save(file);
 *
 * Standardizer scaler = new Standardizer(); // in another process
 * new Checkpoint().with("model", model).with("scaler", scaler).load(file);
 * }</pre>
 *
 * <p>Only {@link #load} changes it.
 */
public abstract sealed class Scaler implements Stateful permits Standardizer, MinMaxScaler, RobustScaler {

    private Optional<Scaling> scaling;

    Scaler(Optional<Scaling> scaling) {
        this.scaling = scaling;
    }

    /**
     * Returns (x − offset) / scale.
     *
     * @param x shape (N, *) with the features it was fitted on
     * @return shape of x, its dtype, or float32 for integers
     * @throws IllegalArgumentException if the features differ in shape, or a result is too large for its dtype
     * @throws IllegalStateException if it was neither fitted nor loaded
     */
    public final Tensor transform(Tensor x) {
        return scaling("transform").apply(x);
    }

    /**
     * Returns y · scale + offset, which undoes {@link #transform}.
     *
     * @param y shape (N, *) with the features it was fitted on
     * @return shape of y; its dtype, float32 for integers, or a wider one: float64 after a fit on float64 or integers
     *     of 32 or 64 bits, float32 after one on float32 or shorter integers
     * @throws IllegalArgumentException if the features differ in shape, a result is too large for its dtype, or it was
     *     fitted on integers beyond 2⁵³ that are closer together than numbers of float64
     * @throws IllegalStateException if it was neither fitted nor loaded
     */
    public final Tensor inverse(Tensor y) {
        return scaling("inverse").invert(y);
    }

    /** Returns what it measured; nothing if it was not fitted. */
    @Override
    public final ImmutableMap<String, Object> stateDict() {
        return scaling.map(Scaling::stateDict).orElse(ImmutableMap.of());
    }

    @Override
    public final void load(Map<String, ?> state) {
        scaling = state.isEmpty() ? Optional.empty() : Optional.of(Scaling.of(name(), state));
    }

    final Scaling scaling(String method) {
        checkState(
                scaling.isPresent(),
                "%s.%s: expected a fitted one; got one that is not. Make it by %s.fit(train), or load its state.",
                name(),
                method,
                name());
        return scaling.orElseThrow();
    }

    private String name() {
        return getClass().getSimpleName();
    }

    /** Returns the class and the shape of the features. */
    @Override
    public final String toString() {
        return scaling.map(fitted -> name() + "(features=" + Text.shape(fitted.scale()) + ")")
                .orElse(name() + "(not fitted)");
    }
}
