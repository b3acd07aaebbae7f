package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Updates;

/**
 * Descent along directions that account for curvature, which is learned from past changes of the gradient: L-BFGS. For
 * smooth losses over all data at once, not over batches.
 *
 * <pre>{@code
 * LbfgsOptions options = LbfgsOptions.defaults().withLineSearch(LbfgsOptions.LineSearch.STRONG_WOLFE);
 * Lbfgs lbfgs = new Lbfgs(model.parameters(), 1, options);
 * lbfgs.step(() -> {
 *     lbfgs.zeroGrad();
 *     Tensor loss = Losses.mseLoss(model.forward(x), y);
 *     loss.backward();
 *     return loss;
 * });
 * }</pre>
 *
 * <p>A step takes several iterations θ ← θ + t d:
 *
 * <pre>
 * d = −g                                      in the first iteration; t = η min(1, 1 / Σ|g|)
 * d = −H g                                    in later ones; t = η
 * y = g − last g,  s = last t d               is remembered if y·s &gt; 1e-10
 * H ≈ the inverse Hessian, from H₀ = y·s / y·y and the pairs (y, s)
 * </pre>
 *
 * <p>With a line search, t is where the strong conditions of Wolfe hold. All parameters are one vector, so there is one
 * group; a parameter without a gradient stays.
 *
 * <p>Source: Liu and Nocedal, On the limited memory BFGS method for large scale optimization, 1989; as in PyTorch.
 *
 * <p>State, kept under the first parameter's name: {@code func_evals}, {@code n_iter}, {@code d}, {@code t},
 * {@code old_dirs} y and {@code old_stps} s (one row each), {@code prev_flat_grad}, {@code prev_loss}.
 */
public final class Lbfgs extends OptionsOptimizer<Lbfgs, LbfgsOptions> {

    private static final double LEAST_CURVATURE = 1e-10;

    /** A change of the gradient, and of the parameters that made it. */
    private record Pair(Tensor y, Tensor s, double product) {

        double inverse() {
            return 1 / product;
        }
    }

    private ArrayDeque<Pair> history = new ArrayDeque<>();
    private Tensor direction = Tensor.zeros(0);
    private Tensor gradientBefore = Tensor.zeros(0);
    private double length;
    private double lossBefore;
    private long iterations;
    private long evaluations;

    /**
     * Creates L-BFGS with 20 iterations a step and no line search.
     *
     * @param parameters distinct leaves of one type that require gradients, at least one
     * @param learningRate η ≥ 0, often 1
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Lbfgs(Iterable<Tensor> parameters, double learningRate) {
        this(parameters, learningRate, LbfgsOptions.defaults());
    }

    /**
     * Creates L-BFGS.
     *
     * @param parameters distinct leaves of one type that require gradients, at least one
     * @param learningRate η ≥ 0, often 1
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Lbfgs(Iterable<Tensor> parameters, double learningRate, LbfgsOptions options) {
        super(parameters, learningRate, options);
    }

    @Override
    void check(ParameterGroup group) {
        checkArgument(groups().isEmpty(), "Lbfgs: expected one group; got another one. Pass all parameters at once.");
        Tensor first = group.parameters().values().iterator().next();
        checkArgument(
                group.parameters().values().stream().allMatch(each -> each.dtype() == first.dtype()),
                "Lbfgs: expected parameters of one type; got several. Convert them.");
    }

    @Override
    protected void update(Tensor parameter, Tensor grad) {
        advance();
    }

    @Override
    void advance() {
        throw new IllegalStateException("Lbfgs: expected a closure, since the loss is needed several times in a step;"
                + " got none. Call step(() -> { zeroGrad(); …; loss.backward(); return loss; }).");
    }

    @Override
    Tensor advance(Supplier<Tensor> closure) {
        Tensor first = closure.get();
        Autograd.noGrad(() -> iterate(closure, first.item()));
        return first;
    }

    private void iterate(Supplier<Tensor> closure, double firstLoss) {
        LbfgsOptions options = options();
        int maxEvaluations = options.maxEvaluations().orElse(options.maxIterations() * 5 / 4);
        double loss = firstLoss;
        Tensor gradient = gradient();
        int evaluated = 1;
        evaluations++;
        for (int i = 1; i <= options.maxIterations() && !(largest(gradient) <= options.toleranceGrad()); i++) {
            iterations++;
            turn(gradient, options.historySize());
            gradientBefore = gradient;
            lossBefore = loss;
            length = learningRate() * (iterations == 1 ? Math.min(1, 1 / Updates.norm(List.of(gradient), 1)) : 1);
            double slope = dot(gradient, direction);
            if (slope > -options.toleranceChange()) {
                break;
            }
            if (options.lineSearch() == LbfgsOptions.LineSearch.STRONG_WOLFE) {
                List<Tensor> from =
                        parameters().stream().map(each -> each.detach().clone()).toList();
                StrongWolfe search = new StrongWolfe(
                        t -> evaluate(closure, t, from),
                        new StrongWolfe.Point(0, loss, gradient, slope),
                        maxEvaluations - evaluated);
                StrongWolfe.Point found = search.search(length, largest(direction), options.toleranceChange());
                length = found.at();
                loss = found.loss();
                gradient = found.gradient();
                move(length);
                evaluated += search.evaluations();
                evaluations += search.evaluations();
            } else {
                move(length);
                if (i < options.maxIterations()) {
                    loss = Autograd.enableGrad(closure).item();
                    gradient = gradient();
                    evaluated++;
                    evaluations++;
                }
            }
            if (evaluated >= maxEvaluations
                    || largest(direction) * Math.abs(length) <= options.toleranceChange()
                    || Math.abs(loss - lossBefore) < options.toleranceChange()) {
                break;
            }
        }
    }

    /** Sets the direction to −H g. */
    private void turn(Tensor gradient, int historySize) {
        if (iterations == 1) {
            direction = stored(gradient.neg());
            return;
        }
        Tensor y = gradient.sub(gradientBefore);
        Tensor s = direction.mul(length);
        double product = dot(y, s);
        if (product > LEAST_CURVATURE) {
            if (history.size() == historySize) {
                history.removeFirst();
            }
            history.addLast(new Pair(stored(y), stored(s), product));
        }
        List<Pair> pairs = new ArrayList<>(history);
        double[] shares = new double[pairs.size()];
        Tensor q = gradient.neg();
        for (int i = pairs.size() - 1; i >= 0; i--) {
            shares[i] = dot(pairs.get(i).s(), q) * pairs.get(i).inverse();
            q.add_(pairs.get(i).y(), -shares[i]);
        }
        if (!pairs.isEmpty()) {
            Pair last = pairs.get(pairs.size() - 1);
            double size = Updates.norm(List.of(last.y()), 2);
            q.mul_(last.product() / size / size);
        }
        for (int i = 0; i < shares.length; i++) {
            double share = dot(pairs.get(i).y(), q) * pairs.get(i).inverse();
            q.add_(pairs.get(i).s(), shares[i] - share);
        }
        direction = stored(q);
    }

    private StrongWolfe.Point evaluate(Supplier<Tensor> closure, double t, List<Tensor> from) {
        move(t);
        double loss = Autograd.enableGrad(closure).item();
        Tensor gradient = gradient();
        for (int i = 0; i < from.size(); i++) {
            parameters().get(i).copy_(from.get(i));
        }
        return new StrongWolfe.Point(t, loss, gradient, dot(gradient, direction));
    }

    private void move(double t) {
        long from = 0;
        for (Tensor parameter : parameters()) {
            Tensor part = direction.narrow(0, from, parameter.numel());
            parameter.add_(part.reshape(parameter.shape()), t);
            Updates.noteStep(parameter);
            from += parameter.numel();
        }
    }

    /** Returns all gradients as one vector. */
    private Tensor gradient() {
        List<Tensor> parts = parameters().stream()
                .map(each -> each.hasGrad()
                        ? each.grad().detach().reshape(-1)
                        : Tensor.zerosLike(each).reshape(-1))
                .toList();
        return stored(parts.size() == 1 ? parts.get(0).clone() : Functions.cat(parts, 0));
    }

    private static Tensor stored(Tensor tensor) {
        return MemoryScope.stored(tensor);
    }

    /** Sums in float64, where products of numbers of the other types fit. */
    private static double dot(Tensor a, Tensor b) {
        return a.to(DataType.DOUBLE).matmul(b.to(DataType.DOUBLE)).item();
    }

    private static double largest(Tensor vector) {
        return Updates.norm(List.of(vector), Double.POSITIVE_INFINITY);
    }

    @Override
    ImmutableMap<String, long[]> shapes(Tensor parameter, LbfgsOptions options) {
        long n = parameters().stream().mapToLong(Tensor::numel).sum();
        return ImmutableMap.<String, long[]>builder()
                .put("func_evals", ParameterState.NUMBER)
                .put("n_iter", ParameterState.NUMBER)
                .put("d", new long[] {n})
                .put("t", ParameterState.NUMBER)
                .put("old_dirs", new long[] {-1, n})
                .put("old_stps", new long[] {-1, n})
                .put("prev_flat_grad", new long[] {n})
                .put("prev_loss", ParameterState.NUMBER)
                .buildOrThrow();
    }

    @Override
    void save() {
        if (iterations > 0) {
            ParameterState state = state(parameters().get(0));
            state.put("func_evals", Tensor.of(DataType.INT64, evaluations));
            state.put("n_iter", Tensor.of(DataType.INT64, iterations));
            state.put("d", direction);
            state.put("t", Tensor.of(DataType.DOUBLE, length));
            state.put("old_dirs", rows(history.stream().map(Pair::y).toList()));
            state.put("old_stps", rows(history.stream().map(Pair::s).toList()));
            state.put("prev_flat_grad", gradientBefore);
            state.put("prev_loss", Tensor.of(DataType.DOUBLE, lossBefore));
        }
    }

    private Tensor rows(List<Tensor> vectors) {
        return vectors.isEmpty() ? Tensor.zeros(direction.dtype(), 0, direction.numel()) : Functions.stack(vectors, 0);
    }

    @Override
    void restore() {
        ParameterState state = state(parameters().get(0));
        history = new ArrayDeque<>();
        iterations = 0;
        evaluations = 0;
        if (state.has("n_iter")) {
            evaluations = state.get("func_evals").to(DataType.INT64).itemLong();
            iterations = state.get("n_iter").to(DataType.INT64).itemLong();
            direction = state.get("d");
            length = state.get("t").item();
            gradientBefore = state.get("prev_flat_grad");
            lossBefore = state.get("prev_loss").item();
            for (int i = 0; i < state.get("old_dirs").size(0); i++) {
                Tensor y = stored(state.get("old_dirs").get(i).clone());
                Tensor s = stored(state.get("old_stps").get(i).clone());
                history.addLast(new Pair(y, s, dot(y, s)));
            }
        }
    }
}
