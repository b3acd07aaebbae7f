package org.ndgrad.autograd;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.autograd.ops.Arithmetic;
import org.ndgrad.autograd.ops.Comparison;
import org.ndgrad.autograd.ops.Elementary;
import org.ndgrad.autograd.ops.Indexing;
import org.ndgrad.autograd.ops.LinearAlgebra;
import org.ndgrad.autograd.ops.Reductions;
import org.ndgrad.autograd.ops.Shaping;
import org.ndgrad.autograd.ops.ValuesAndIndices;

/**
 * The operations that read better behind a dot. A closed set: each passes on to its family in {@link
 * org.ndgrad.autograd.ops}, where formula, shapes and special values stand; new operations go there only.
 */
abstract sealed class FluentOperations extends Subscripts permits Tensor {

    FluentOperations(INDArray values) {
        super(values);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    /** Returns this + other; see {@link Arithmetic#add(Tensor, Tensor)}. */
    public Tensor add(Tensor other) {
        return Arithmetic.add(self(), other);
    }

    /** Returns this + number. */
    public Tensor add(Number number) {
        return Arithmetic.add(self(), number);
    }

    /** Returns this − other; see {@link Arithmetic#sub(Tensor, Tensor)}. */
    public Tensor sub(Tensor other) {
        return Arithmetic.sub(self(), other);
    }

    /** Returns this − number. */
    public Tensor sub(Number number) {
        return Arithmetic.sub(self(), number);
    }

    /** Returns number − this. */
    public Tensor rsub(Number number) {
        return Arithmetic.rsub(self(), number);
    }

    /** Returns this · other, element by element; see {@link Arithmetic#mul(Tensor, Tensor)}. */
    public Tensor mul(Tensor other) {
        return Arithmetic.mul(self(), other);
    }

    /** Returns this · number. */
    public Tensor mul(Number number) {
        return Arithmetic.mul(self(), number);
    }

    /** Returns this / other, true division; see {@link Arithmetic#div(Tensor, Tensor)}. */
    public Tensor div(Tensor other) {
        return Arithmetic.div(self(), other);
    }

    /** Returns this / number, true division. */
    public Tensor div(Number number) {
        return Arithmetic.div(self(), number);
    }

    /** Returns number / this. */
    public Tensor rdiv(Number number) {
        return Arithmetic.rdiv(self(), number);
    }

    /** Returns this to the power of other; see {@link Arithmetic#pow(Tensor, Tensor)}. */
    public Tensor pow(Tensor exponent) {
        return Arithmetic.pow(self(), exponent);
    }

    /** Returns this to the power of a number. */
    public Tensor pow(Number exponent) {
        return Arithmetic.pow(self(), exponent);
    }

    /** Returns −this. */
    public Tensor neg() {
        return Arithmetic.neg(self());
    }

    /** Returns |this|; see {@link Arithmetic#abs}. */
    public Tensor abs() {
        return Arithmetic.abs(self());
    }

    /** Returns this². */
    public Tensor square() {
        return Arithmetic.square(self());
    }

    /** Returns √this; see {@link Elementary#sqrt}. */
    public Tensor sqrt() {
        return Elementary.sqrt(self());
    }

    /** Returns eˣ; see {@link Elementary#exp}. */
    public Tensor exp() {
        return Elementary.exp(self());
    }

    /** Returns ln x; see {@link Elementary#log}. */
    public Tensor log() {
        return Elementary.log(self());
    }

    /** Returns sin x. */
    public Tensor sin() {
        return Elementary.sin(self());
    }

    /** Returns cos x. */
    public Tensor cos() {
        return Elementary.cos(self());
    }

    /** Returns tanh x; see {@link Elementary#tanh}. */
    public Tensor tanh() {
        return Elementary.tanh(self());
    }

    /** Returns 1 / (1 + e⁻ˣ); see {@link Activations#sigmoid}. */
    public Tensor sigmoid() {
        return Activations.sigmoid(self());
    }

    /** Returns max(x, 0); see {@link Activations#relu}. */
    public Tensor relu() {
        return Activations.relu(self());
    }

    /** Returns eˣ / Σ eˣ along a dim; see {@link Activations#softmax}. */
    public Tensor softmax(int dim) {
        return Activations.softmax(self(), dim);
    }

    /** Returns x − ln Σ eˣ along a dim; see {@link Activations#logSoftmax}. */
    public Tensor logSoftmax(int dim) {
        return Activations.logSoftmax(self(), dim);
    }

    /** Returns the values limited to [min, max]; see {@link Arithmetic#clamp}. */
    public Tensor clamp(Number min, Number max) {
        return Arithmetic.clamp(self(), min, max);
    }

    /** Returns the larger of both, element by element; see {@link Arithmetic#maximum}. */
    public Tensor maximum(Tensor other) {
        return Arithmetic.maximum(self(), other);
    }

    /** Returns the smaller of both, element by element; see {@link Arithmetic#minimum}. */
    public Tensor minimum(Tensor other) {
        return Arithmetic.minimum(self(), other);
    }

    /** Returns where this = other. */
    public Tensor eq(Tensor other) {
        return Comparison.eq(self(), other);
    }

    /** Returns where this = number. */
    public Tensor eq(Number number) {
        return Comparison.eq(self(), number);
    }

    /** Returns where this ≠ other. */
    public Tensor ne(Tensor other) {
        return Comparison.ne(self(), other);
    }

    /** Returns where this ≠ number. */
    public Tensor ne(Number number) {
        return Comparison.ne(self(), number);
    }

    /** Returns where this &lt; other. */
    public Tensor lt(Tensor other) {
        return Comparison.lt(self(), other);
    }

    /** Returns where this &lt; number. */
    public Tensor lt(Number number) {
        return Comparison.lt(self(), number);
    }

    /** Returns where this ≤ other. */
    public Tensor le(Tensor other) {
        return Comparison.le(self(), other);
    }

    /** Returns where this ≤ number. */
    public Tensor le(Number number) {
        return Comparison.le(self(), number);
    }

    /** Returns where this &gt; other. */
    public Tensor gt(Tensor other) {
        return Comparison.gt(self(), other);
    }

    /** Returns where this &gt; number. */
    public Tensor gt(Number number) {
        return Comparison.gt(self(), number);
    }

    /** Returns where this ≥ other. */
    public Tensor ge(Tensor other) {
        return Comparison.ge(self(), other);
    }

    /** Returns where this ≥ number. */
    public Tensor ge(Number number) {
        return Comparison.ge(self(), number);
    }

    /** Returns the sum over the dims, all of them if none is named; see {@link Reductions#sum}. */
    public Tensor sum(int... dims) {
        return Reductions.sum(self(), dims, false);
    }

    /** Returns the sum over a dim, which stays with size 1 if keepDim. */
    public Tensor sum(int dim, boolean keepDim) {
        return Reductions.sum(self(), new int[] {dim}, keepDim);
    }

    /** Returns the mean over the dims, all of them if none is named; see {@link Reductions#mean}. */
    public Tensor mean(int... dims) {
        return Reductions.mean(self(), dims, false);
    }

    /** Returns the mean over a dim, which stays with size 1 if keepDim. */
    public Tensor mean(int dim, boolean keepDim) {
        return Reductions.mean(self(), new int[] {dim}, keepDim);
    }

    /** Returns the unbiased variance over the dims, all if none is named; see {@link Reductions#var}. */
    public Tensor var(int... dims) {
        return Reductions.var(self(), dims, 1, false);
    }

    /** Returns the unbiased standard deviation over the dims, all if none is named; see {@link Reductions#std}. */
    public Tensor std(int... dims) {
        return Reductions.std(self(), dims, 1, false);
    }

    /** Returns the Euclidean norm over the dims, all if none is named; see {@link Reductions#norm}. */
    public Tensor norm(int... dims) {
        return Reductions.norm(self(), 2, dims, false);
    }

    /** Returns the largest element; see {@link Reductions#max(Tensor)}. */
    public Tensor max() {
        return Reductions.max(self());
    }

    /** Returns the smallest element; see {@link Reductions#min(Tensor)}. */
    public Tensor min() {
        return Reductions.min(self());
    }

    /** Returns the largest elements along a dim and where they are; see {@link Reductions#max}. */
    public ValuesAndIndices max(int dim) {
        return Reductions.max(self(), dim, false);
    }

    /** Returns the smallest elements along a dim and where they are; see {@link Reductions#min}. */
    public ValuesAndIndices min(int dim) {
        return Reductions.min(self(), dim, false);
    }

    /** Returns the position of the first largest element in row-major order, shape (). */
    public Tensor argmax() {
        return Reductions.argmax(flatten(), 0, false);
    }

    /** Returns the positions of the first largest elements along a dim. */
    public Tensor argmax(int dim) {
        return Reductions.argmax(self(), dim, false);
    }

    /** Returns the positions of the first smallest elements along a dim. */
    public Tensor argmin(int dim) {
        return Reductions.argmin(self(), dim, false);
    }

    /** Returns whether any element is not 0. */
    public Tensor any() {
        return Reductions.any(self(), new int[0], false);
    }

    /** Returns whether no element is 0. */
    public Tensor all() {
        return Reductions.all(self(), new int[0], false);
    }

    /** Returns ln Σ eˣ over the dims, all if none is named; see {@link Reductions#logsumexp}. */
    public Tensor logsumexp(int... dims) {
        return Reductions.logsumexp(self(), dims, false);
    }

    /** Returns the elements in another shape, one size of which may be −1; see {@link Shaping#reshape}. */
    public Tensor reshape(long... shape) {
        return Shaping.reshape(self(), shape);
    }

    /** Returns the elements as a vector. */
    public Tensor flatten() {
        return Shaping.flatten(self(), 0, -1);
    }

    /** Returns the tensor with the dims from startDim on joined into one. */
    public Tensor flatten(int startDim) {
        return Shaping.flatten(self(), startDim, -1);
    }

    /** Returns the view whose dim d is dim {@code dims[d]} of this. */
    public Tensor permute(int... dims) {
        return Shaping.permute(self(), dims);
    }

    /** Returns the view with two dims exchanged. */
    public Tensor transpose(int dimA, int dimB) {
        return Shaping.transpose(self(), dimA, dimB);
    }

    /** Returns the transposed matrix; at most two dims. */
    public Tensor t() {
        return Shaping.t(self());
    }

    /** Returns the view without the named dims of size 1, without all of them if none is named. */
    public Tensor squeeze(int... dims) {
        return Shaping.squeeze(self(), dims);
    }

    /** Returns the view with a new dim of size 1 before the given one. */
    public Tensor unsqueeze(int dim) {
        return Shaping.unsqueeze(self(), dim);
    }

    /** Returns the view with dims of size 1 repeated, −1 keeping a size; see {@link Shaping#expand}. */
    public Tensor expand(long... shape) {
        return Shaping.expand(self(), shape);
    }

    /** Returns the view of indices start to end−1 of a dim, negative ones counting from its end. */
    public Tensor slice(int dim, long start, long end) {
        return Shaping.slice(self(), dim, start, end, 1);
    }

    /** Returns the view of every step-th index from start to before end. */
    public Tensor slice(int dim, long start, long end, long step) {
        return Shaping.slice(self(), dim, start, end, step);
    }

    /** Returns the view at one index of a dim, which is gone then. */
    public Tensor select(int dim, long index) {
        return Shaping.select(self(), dim, index);
    }

    /** Returns the elements that an index of the same number of dims names; see {@link Indexing#gather}. */
    public Tensor gather(int dim, Tensor index) {
        return Indexing.gather(self(), dim, index);
    }

    /** Returns the slices of a dim that an int64 vector names; see {@link Indexing#indexSelect}. */
    public Tensor indexSelect(int dim, Tensor index) {
        return Indexing.indexSelect(self(), dim, index);
    }

    /** Returns the matrix product; see {@link LinearAlgebra#matmul}. */
    public Tensor matmul(Tensor other) {
        return LinearAlgebra.matmul(self(), other);
    }

    /** Returns this if its elements lie in row-major order without gaps, else a copy in which they do. */
    public Tensor contiguous() {
        return Shaping.contiguous(self());
    }

    /** Returns the values in another type; this if it has that type already. */
    public Tensor to(DataType dtype) {
        return Shaping.to(self(), dtype);
    }
}
