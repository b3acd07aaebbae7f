package org.ndgrad.autograd.ops;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/**
 * One row of the op table: a public operation, what to call it with, and how far its derivatives go.
 *
 * @param name the method's name; overloads share it
 * @param variant what tells rows of one name apart, or ""
 * @param function the operation on tensors, its other arguments fixed
 * @param samples lists of inputs, the first of them ordinary; float64 ones are differentiated
 * @param order 2 if it can be differentiated again and again, 0 if no gradient is recorded
 */
public record OpCase(
        String name,
        String variant,
        Function<List<Tensor>, Tensor> function,
        ImmutableList<ImmutableList<Tensor>> samples,
        int order) {

    /** Any numbers, others, and those that many functions want. */
    public static final Domain ANY = in(-2.1, 2.3);

    public static final Domain OTHER = in(-1.9, 2.2);
    public static final Domain POSITIVE = in(0.4, 2.5);
    public static final Domain UNIT = in(-0.9, 0.95);

    /** Numbers strictly between two bounds. */
    public record Domain(double low, double high) {}

    public static Domain in(double low, double high) {
        return new Domain(low, high);
    }

    /** An operation on the elements of one tensor: shapes from 0-d to empty are tried. */
    public static OpCase unary(String name, UnaryOperator<Tensor> f, Domain domain) {
        return row(name, x -> f.apply(x.get(0)))
                .on(sample(domain, 3, 4))
                .on(sample(domain))
                .on(sample(domain, 2, 3, 2))
                .on(sample(domain, 0))
                .on(sample(domain, 2, 0, 3));
    }

    /** An operation on pairs of elements: each way of broadcasting is tried. */
    public static OpCase binary(String name, BinaryOperator<Tensor> f, Domain a, Domain b) {
        return pair(name, f)
                .on(sample(a, 3, 4), sample(b, 3, 4))
                .on(sample(a, 3, 4), sample(b, 4))
                .on(sample(a, 3, 1), sample(b, 2, 1, 4))
                .on(sample(a), sample(b, 3, 4))
                .on(sample(a, 2, 2), sample(b))
                .on(sample(a), sample(b))
                .on(sample(a, 0, 4), sample(b, 4))
                .on(sample(a, 1), sample(b, 0));
    }

    /** An operation along dims of one tensor, which has elements: all ranks are tried. */
    public static OpCase dims(String name, UnaryOperator<Tensor> f) {
        return row(name, x -> f.apply(x.get(0)))
                .on(sample(ANY, 3, 4))
                .on(sample(ANY))
                .on(sample(ANY, 5))
                .on(sample(ANY, 2, 2, 3));
    }

    /** An operation on two tensors. */
    public static OpCase pair(String name, BinaryOperator<Tensor> f) {
        return row(name, x -> f.apply(x.get(0), x.get(1)));
    }

    public static OpCase row(String name, Function<List<Tensor>, Tensor> f) {
        return new OpCase(name, "", f, ImmutableList.of(), 2);
    }

    public OpCase on(Tensor... inputs) {
        ImmutableList<ImmutableList<Tensor>> all = ImmutableList.<ImmutableList<Tensor>>builder()
                .addAll(samples)
                .add(ImmutableList.copyOf(inputs))
                .build();
        return new OpCase(name, variant, function, all, order);
    }

    public OpCase as(String which) {
        return new OpCase(name, which, function, samples, order);
    }

    /** Marks an operation whose result is discrete, so that nothing is recorded. */
    public OpCase notDifferentiable() {
        return new OpCase(name, variant, function, samples, 0);
    }

    public List<Tensor> inputs() {
        return samples.get(0);
    }

    /**
     * Returns float64 numbers spread over a domain in a fixed random order. Two samples of different shape or domain
     * share hardly a value, and no sample has ties or the middle of its domain, where functions have kinks.
     */
    public static Tensor sample(Domain domain, long... shape) {
        int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        Random random = new Random(Arrays.hashCode(shape) * 31L + Double.hashCode(domain.low + 3 * domain.high));
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            values[i] = values[other];
            values[other] = domain.low + (domain.high - domain.low) * (i + 0.2 + 0.2 * random.nextDouble()) / count;
        }
        return Tensor.of(DataType.DOUBLE, values).reshape(shape);
    }

    public static Tensor indices(long... values) {
        return Tensor.of(values);
    }

    public static Tensor mask(long... values) {
        return Tensor.of(values).to(DataType.BOOL);
    }

    /** Adds up pieces, each counted differently. */
    public static Tensor weighted(List<Tensor> pieces) {
        Tensor sum = Tensor.zeros(DataType.FLOAT);
        for (int i = 0; i < pieces.size(); i++) {
            sum = sum.add(pieces.get(i).square().sum().mul(i + 1.5));
        }
        return sum;
    }

    /** Lays pieces of one shape on top of each other. */
    public static Tensor stacked(List<Tensor> pieces) {
        return Joining.stack(pieces, 0);
    }

    @Override
    public String toString() {
        return variant.isEmpty() ? name : name + " " + variant;
    }
}
