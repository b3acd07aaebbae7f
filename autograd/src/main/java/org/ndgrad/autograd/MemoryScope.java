package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of code after which the memory of its results is given back at once, without waiting until the garbage
 * collector finds them unreachable.
 *
 * <pre>{@code
 * try (MemoryScope scope = MemoryScope.open()) {
 *     Tensor hidden = x.matmul(w).tanh();
 *     best = scope.keep(hidden.amax());
 * }
 * }</pre>
 *
 * <p>Nobody needs a scope: memory comes back anyway. It covers results of operations, with what their graphs hold, of
 * the thread that opened it. Tensors made by {@code of}, {@code zeros}, {@code rand} and the like stay, and so do
 * gradients, what {@link #keep} was called for, what an object of this library stores, such as a layer's parameters or
 * a batch, and arrays that {@link Tensor#data} handed out. A tensor that is used after its memory was given back throws
 * an IllegalStateException.
 */
public final class MemoryScope implements AutoCloseable {

    private static final int FIRST_SWEEP = 256;

    private final Arena arena = new Results();
    private final @Nullable Arena before;
    private final Thread thread = Thread.currentThread();
    private List<WeakReference<Custody>> results = new ArrayList<>();
    private int nextSweep = FIRST_SWEEP;
    private boolean open = true;

    private MemoryScope() {
        before = Arena.enter(arena);
    }

    /** Remembers results weakly: what becomes unreachable meanwhile comes back by itself. */
    private final class Results implements Arena {

        @Override
        public boolean endsAll() {
            return true;
        }

        @Override
        public void made(Custody custody, boolean isResult) {
            if (isResult) {
                if (results.size() >= nextSweep) {
                    results.removeIf(result -> result.refersTo(null));
                    nextSweep = 2 * Math.max(results.size(), FIRST_SWEEP);
                }
                results.add(new WeakReference<>(custody));
            }
        }
    }

    /** Opens a scope in this thread. */
    public static MemoryScope open() {
        return new MemoryScope();
    }

    /**
     * Returns fₙ(… f₂(f₁(x))), where only the next function gets what a function returns, and none keeps it. So the
     * memory of what is passed on comes back as soon as it is not needed: in the backward pass, or at once if that
     * reads it nowhere.
     *
     * <p>A function must not keep its argument or its result in a place of its own.
     */
    public static Tensor chain(Tensor x, List<? extends UnaryOperator<Tensor>> functions) {
        long begun = Storage.tick();
        Tensor y = x;
        for (UnaryOperator<Tensor> function : functions) {
            Tensor next = function.apply(y);
            Custody passed = y.storage().custody();
            if (passed != null && y.storage().born() > begun && !passed.isOf(next)) {
                passed.leaveToUsers();
            }
            y = next;
        }
        return y;
    }

    /** Lets a tensor, and all views of the same memory, outlive the scope; returns it. */
    public Tensor keep(Tensor tensor) {
        return kept("keep", tensor);
    }

    /**
     * Lets a tensor that an object stores outlive every scope; returns it. An object does not know in which scope its
     * user makes it.
     */
    public static Tensor stored(Tensor tensor) {
        return kept("stored", tensor);
    }

    private static Tensor kept(String method, Tensor tensor) {
        Custody.keep(
                checkNotNull(tensor, "MemoryScope.%s: expected a tensor; got null. Name one that there is.", method));
        return tensor;
    }

    /** Does work whose results no scope of this thread ends that is open now, since an object may store them. */
    public static void outside(Runnable work) {
        Arena scope = Arena.enter(null);
        try {
            work.run();
        } finally {
            Arena.enter(scope);
        }
    }

    /**
     * Gives the memory back.
     *
     * @throws IllegalStateException in another thread than the one that opened it, or if a scope inside is still open
     */
    @Override
    public void close() {
        if (!open) {
            return;
        }
        checkState(
                Thread.currentThread() == thread && Arena.current() == arena,
                "MemoryScope.close: expected the innermost scope of the thread that opened it; got another one."
                        + " Use try-with-resources.");
        open = false;
        Arena.enter(before);
        for (WeakReference<Custody> result : results) {
            Custody custody = result.get();
            if (custody != null) {
                custody.end();
            }
        }
        results = new ArrayList<>();
    }

    @Override
    public String toString() {
        return "MemoryScope(" + (open ? "open)" : "closed)");
    }
}
