package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.function.Consumer;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link OneCycleLr}, besides the optimizer and the learning rates.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param pctStart the share of the steps in which the rate rises, in [0, 1]
 * @param annealStrategy along what curve rates change
 * @param cycleMomentum whether the momentum changes, too, the other way
 * @param baseMomentum the smallest momentum, one for all groups or for each
 * @param maxMomentum the largest momentum, one for all groups or for each
 * @param divFactor the largest rate by the first
 * @param finalDivFactor the first rate by the last
 * @param threePhase whether the rate falls as long as it rose, and then to the last
 */
public record OneCycleLrOptions(
        double pctStart,
        Anneal annealStrategy,
        boolean cycleMomentum,
        ImmutableDoubleArray baseMomentum,
        ImmutableDoubleArray maxMomentum,
        double divFactor,
        double finalDivFactor,
        boolean threePhase) {

    /** Along what curve rates change. */
    public enum Anneal {
        /** Half a wave of a cosine. */
        COS,
        /** A straight line. */
        LINEAR
    }

    private static final OneCycleLrOptions DEFAULTS = new OneCycleLrOptions(
            0.3, Anneal.COS, true, ImmutableDoubleArray.of(0.85), ImmutableDoubleArray.of(0.95), 25, 1e4, false);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     * @throws NullPointerException if one of them is null
     */
    public OneCycleLrOptions {
        Checks.given("OneCycleLrOptions", "annealStrategy", annealStrategy);
        checkArgument(
                pctStart >= 0 && pctStart <= 1,
                "OneCycleLr: expected pctStart in [0, 1]; got %s. Use 0.3: the share of steps in which the rate rises.",
                pctStart);
        checkArgument(
                divFactor > 0 && finalDivFactor > 0,
                "OneCycleLr: expected divFactor > 0 and finalDivFactor > 0; got %s and %s. Use 25 and 1e4: rates are"
                        + " divided by them.",
                divFactor,
                finalDivFactor);
    }

    /** Returns PyTorch's defaults: 30 % of the steps rise, along cosines, from 1/25 of the largest rate. */
    public static OneCycleLrOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another share of rising steps. */
    public OneCycleLrOptions withPctStart(double pctStart) {
        return with(draft -> draft.pctStart = pctStart);
    }

    /** Returns these options with another curve. */
    public OneCycleLrOptions withAnnealStrategy(Anneal annealStrategy) {
        return with(draft -> draft.annealStrategy = annealStrategy);
    }

    /** Returns these options with the momentum changing or not. */
    public OneCycleLrOptions withCycleMomentum(boolean cycleMomentum) {
        return with(draft -> draft.cycleMomentum = cycleMomentum);
    }

    /** Returns these options with another smallest momentum, one for all groups or one for each. */
    public OneCycleLrOptions withBaseMomentum(double... baseMomentum) {
        return with(draft -> draft.baseMomentum = ImmutableDoubleArray.copyOf(baseMomentum));
    }

    /** Returns these options with another largest momentum, one for all groups or one for each. */
    public OneCycleLrOptions withMaxMomentum(double... maxMomentum) {
        return with(draft -> draft.maxMomentum = ImmutableDoubleArray.copyOf(maxMomentum));
    }

    /** Returns these options with another quotient of the largest rate and the first. */
    public OneCycleLrOptions withDivFactor(double divFactor) {
        return with(draft -> draft.divFactor = divFactor);
    }

    /** Returns these options with another quotient of the first rate and the last. */
    public OneCycleLrOptions withFinalDivFactor(double finalDivFactor) {
        return with(draft -> draft.finalDivFactor = finalDivFactor);
    }

    /** Returns these options with three phases or two. */
    public OneCycleLrOptions withThreePhase(boolean threePhase) {
        return with(draft -> draft.threePhase = threePhase);
    }

    private OneCycleLrOptions with(Consumer<Draft> change) {
        Draft draft = new Draft();
        change.accept(draft);
        return new OneCycleLrOptions(
                draft.pctStart,
                draft.annealStrategy,
                draft.cycleMomentum,
                draft.baseMomentum,
                draft.maxMomentum,
                draft.divFactor,
                draft.finalDivFactor,
                draft.threePhase);
    }

    /** A copy to be changed, so that each option is named here once and not in each method. */
    private final class Draft {
        private double pctStart = OneCycleLrOptions.this.pctStart;
        private Anneal annealStrategy = OneCycleLrOptions.this.annealStrategy;
        private boolean cycleMomentum = OneCycleLrOptions.this.cycleMomentum;
        private ImmutableDoubleArray baseMomentum = OneCycleLrOptions.this.baseMomentum;
        private ImmutableDoubleArray maxMomentum = OneCycleLrOptions.this.maxMomentum;
        private double divFactor = OneCycleLrOptions.this.divFactor;
        private double finalDivFactor = OneCycleLrOptions.this.finalDivFactor;
        private boolean threePhase = OneCycleLrOptions.this.threePhase;
    }
}
