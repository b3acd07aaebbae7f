package org.ndgrad.nn;

/**
 * A block with one parameter that is computed; {@link Parametrizations} makes it. It owns what the block owns, and
 * lends the block for each pass:
 *
 * <pre>{@code
 * ParametrizedBlock<Lstm> lstm = Parametrizations.weightNorm(new Lstm(3, 8), "weight_hh_l0");
 * Lstm.Result result = lstm.block().forward(x);
 * }</pre>
 *
 * @param <B> what the block is
 */
public final class ParametrizedBlock<B extends Block> extends Block {

    private final transient B block;
    private final String name;

    ParametrizedBlock(B block, String name, Parametrization parametrization) {
        this.block = block;
        this.name = name;
        Parametrized.own(this, block, name, parametrization);
    }

    /** Returns the block with the parameter as it comes out now; to be called anew for each forward pass. */
    @SuppressWarnings("unchecked") // a copy is of the same class
    public B block() {
        return (B) Parametrized.computing(this, block, name);
    }

    @Override
    protected String settings() {
        return Block.name(block) + "(" + block.settings() + ")";
    }
}
