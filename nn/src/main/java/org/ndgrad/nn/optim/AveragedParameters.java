package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.BatchNorms;
import org.ndgrad.nn.Parameters;
import org.ndgrad.nn.Stateful;

/**
 * Averages of parameters over the steps of a training, which often predict better than the last ones.
 *
 * <pre>{@code
 * AveragedParameters averages = AveragedParameters.exponential(model.parameters(), 0.999);
 * for (Batch batch : loader) {
 *     …
 *     optimizer.step();
 *     averages.update();
 * }
 * averages.copyToModel();
 * BatchNorms.update(model, loader, batch -> model.forward(batch.features())); // if there are batch norms
 * }</pre>
 *
 * <p>The first {@link #update} copies the parameters. After that, with decay ρ, a ← ρ a + (1 − ρ) θ or, with equal
 * weights, a ← a + (θ − a) / n for the n-th parameters.
 *
 * <p>Source: Polyak and Juditsky, Acceleration of stochastic approximation by averaging, 1992; Izmailov et al.,
 * Averaging weights leads to wider optima and better generalization, 2018.
 */
public final class AveragedParameters implements Stateful {

    private static final String COUNT = "n_averaged";
    private static final String PREFIX = "module.";

    private final ImmutableMap<String, Tensor> parameters;
    private final ImmutableMap<String, Tensor> averages;
    private final OptionalDouble decay;
    private long count;

    private AveragedParameters(Iterable<Tensor> parameters, OptionalDouble decay) {
        this.parameters = GroupNames.of("AveragedParameters", parameters, new HashMap<>());
        this.averages = ImmutableMap.copyOf(Maps.transformValues(
                this.parameters,
                parameter -> MemoryScope.stored(parameter.detach().clone())));
        this.decay = decay;
    }

    /**
     * Averages with weights that fall exponentially with age.
     *
     * @param parameters leaves that require gradients, such as {@code model.parameters()}
     * @param decay ρ in [0, 1], the share of the average that is kept, such as 0.999
     * @throws IllegalArgumentException if a parameter or the decay is not usable
     */
    public static AveragedParameters exponential(Iterable<Tensor> parameters, double decay) {
        checkArgument(
                decay >= 0 && decay <= 1,
                "AveragedParameters: expected a decay in [0, 1]; got %s. Use 0.999, or nearer to 1 for a longer"
                        + " average.",
                decay);
        return new AveragedParameters(parameters, OptionalDouble.of(decay));
    }

    /**
     * Averages with equal weights (stochastic weight averaging).
     *
     * @param parameters leaves that require gradients, such as {@code model.parameters()}
     * @throws IllegalArgumentException if a parameter is not usable
     */
    public static AveragedParameters equal(Iterable<Tensor> parameters) {
        return new AveragedParameters(parameters, OptionalDouble.empty());
    }

    /** Takes in the parameters as they are now. */
    public void update() {
        double share = count == 0 ? 1 : decay.isPresent() ? 1 - decay.getAsDouble() : 1.0 / (count + 1);
        count++;
        Autograd.noGrad(() -> averages.forEach((name, average) -> {
            Tensor parameter = checkNotNull(parameters.get(name));
            if (share == 1) {
                average.copy_(parameter);
            } else {
                average.lerp_(parameter.detach(), share); // rounds once, and no difference overflows
            }
        }));
    }

    /** Returns how many times the parameters were taken in. */
    public long count() {
        return count;
    }

    /** Returns the averages by the names of the parameters; later updates change them. */
    public Parameters averages() {
        return Parameters.of(averages);
    }

    /**
     * Makes the averages the values of the parameters. Training goes on from there. Running values of batch norms stay;
     * see {@link BatchNorms#update}.
     *
     * @throws IllegalStateException before the first update
     */
    public void copyToModel() {
        checkState(count > 0, "AveragedParameters: expected an average; got none yet. Call update() after each step.");
        Autograd.noGrad(() -> {
            parameters.forEach((name, parameter) -> parameter.copy_(checkNotNull(averages.get(name))));
        });
    }

    /** Returns a copy of the averages and their count by PyTorch's names. */
    @Override
    public ImmutableMap<String, Tensor> stateDict() {
        ImmutableMap.Builder<String, Tensor> state = ImmutableMap.builder();
        state.put(COUNT, Tensor.of(DataType.INT64, count));
        averages.forEach((name, average) -> state.put(PREFIX + name, average.clone()));
        return state.buildOrThrow();
    }

    /**
     * Goes on from a state of averages of the same parameters. The state is copied.
     *
     * @throws IllegalArgumentException if names or shapes are others; nothing is changed then
     */
    @Override
    public void load(Map<String, ?> state) {
        Map<String, Tensor> expected = new LinkedHashMap<>(stateDict());
        checkArgument(
                state.keySet().equals(expected.keySet()),
                "AveragedParameters.load: expected the names %s; got %s. Load averages of the same model.",
                expected.keySet(),
                state.keySet());
        Map<String, Tensor> given = new LinkedHashMap<>();
        expected.forEach((name, tensor) -> {
            Object value = state.get(name);
            checkArgument(
                    value instanceof Tensor each && Arrays.equals(tensor.shape(), each.shape()),
                    "AveragedParameters.load: expected %s in shape %s; got %s. Load averages of the same model.",
                    name,
                    Arrays.toString(tensor.shape()),
                    value instanceof Tensor each ? Arrays.toString(each.shape()) : "no tensor");
            given.put(name, (Tensor) value);
        });
        Tensor counted = checkNotNull(given.get(COUNT));
        checkArgument(
                StateDicts.isCount(counted),
                "AveragedParameters.load: expected a number of averaged parameters as n_averaged; got %s. Load averages of"
                        + " the same model.",
                counted.item());
        count = (long) counted.item();
        Autograd.noGrad(() -> {
            averages.forEach((name, average) -> average.copy_(checkNotNull(given.get(PREFIX + name))));
        });
    }

    /** Returns how it averages, and over how many. */
    @Override
    public String toString() {
        return "AveragedParameters(" + (decay.isPresent() ? "decay=" + decay.getAsDouble() : "equal weights")
                + ", parameters=" + parameters.size() + ", count=" + count + ")";
    }
}
