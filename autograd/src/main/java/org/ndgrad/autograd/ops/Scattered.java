package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.kernels.memory.Memory.array;

import com.google.common.collect.ImmutableList;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Reduce;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.indexing.IndexGroups;
import org.ndgrad.autograd.kernels.indexing.Scatter;

/** The functions of {@link Scattering#scatterReduce} that are more than a sum. Shapes and types are checked there. */
final class Scattered {

    private Scattered() {}

    /** The mean, as a sum by a count. */
    static Tensor mean(Tensor x, int dim, Tensor index, Tensor source, boolean includeSelf) {
        return HalfTypes.wide(
                x,
                source,
                (v, w) -> Scaled.fitting((in, s) -> wideMean(in.get(0), dim, index, in.get(1), includeSelf), v, w));
    }

    private static Tensor wideMean(Tensor x, int dim, Tensor index, Tensor source, boolean includeSelf) {
        Tensor sum = Scattering.scatterReduce(
                x, dim, index, source, Reduce.SUM, includeSelf ? Scattering.Own.INCLUDED : Scattering.Own.EXCLUDED);
        Tensor ones = Tensor.onesLike(x);
        Tensor counts = Indexing.scatterAdd(
                includeSelf ? ones : Scattering.scatter(ones, dim, index, 0), dim, index, Tensor.onesLike(source));
        return DTypes.isFloating(x.dtype()) ? sum.div(counts) : Arithmetic.floorDivide(sum, counts);
    }

    /** The largest or smallest value. */
    static Tensor extreme(Tensor x, int dim, Tensor index, Tensor source, Scatter.Combine fold, boolean includeSelf) {
        INDArray result = Copy.copy(array(x));
        if (!includeSelf) {
            Scatter.along("scatterReduce", result, dim, array(index), array(source), Scatter.Combine.PUT);
        }
        Scatter.along("scatterReduce", result, dim, array(index), array(source), fold);
        return Op.pure("scatterReduce", result)
                .wrt(
                        x,
                        (g, y) -> own(x, y, dim, index, includeSelf)
                                .mul(g.div(winners(x, y, dim, index, source, includeSelf))),
                        x,
                        index,
                        source)
                .wrt(
                        source,
                        (g, y) -> equal(source, y.gather(dim, index))
                                .mul(g.div(winners(x, y, dim, index, source, includeSelf))
                                        .gather(dim, index)),
                        x,
                        index,
                        source)
                .tensor();
    }

    /** Returns 1 where x's own value is the result. */
    private static Tensor own(Tensor x, Tensor y, int dim, Tensor index, boolean includeSelf) {
        Tensor equal = equal(x, y);
        return includeSelf ? equal : Scattering.scatter(equal, dim, index, 0);
    }

    /** Returns how many values share a result. */
    private static Tensor winners(Tensor x, Tensor y, int dim, Tensor index, Tensor source, boolean includeSelf) {
        return Indexing.scatterAdd(own(x, y, dim, index, includeSelf), dim, index, equal(source, y.gather(dim, index)));
    }

    /** Returns ones, which can be counted: half types do not hold large counts. */
    private static Tensor equal(Tensor a, Tensor b) {
        return a.eq(b).to(DTypes.wide(a.dtype()));
    }

    /**
     * Where gradients are wanted, multiplies pair by pair, so that the derivative is that of mul and divides by
     * nothing. In float64, since products would leave the range of float32 on the way.
     */
    static Tensor product(Tensor x, int dim, Tensor index, Tensor source, boolean includeSelf) {
        return DTypes.isFloating(x.dtype())
                ? wideProduct(x.to(DataType.DOUBLE), dim, index, source, includeSelf)
                        .to(x.dtype())
                : wideProduct(x, dim, index, source, includeSelf);
    }

    private static Tensor wideProduct(Tensor x, int dim, Tensor index, Tensor source, boolean includeSelf) {
        if (!x.requiresGrad() && !source.requiresGrad()) {
            INDArray result = scatterTouched(x, dim, index, includeSelf);
            Scatter.along("scatterReduce", result, dim, array(index), array(source), Scatter.Combine.MUL);
            return Op.pure("scatterReduce", result).tensor();
        }
        Tensor elements = Positions.order(x.shape());
        Tensor places = elements.gather(dim, index).reshape(-1);
        Tensor values = source.to(x.dtype()).reshape(-1);
        if (includeSelf) {
            places = Joining.cat(ImmutableList.of(elements.reshape(-1), places), 0);
            values = Joining.cat(ImmutableList.of(x.reshape(-1), values), 0);
        }
        Tensor order = Op.pure("order", IndexGroups.order(array(places))).tensor();
        places = places.indexSelect(0, order);
        values = values.indexSelect(0, order);
        long count = 0;
        while (count != values.numel()) {
            count = values.numel();
            IndexGroups pairs = IndexGroups.pair(array(places));
            Tensor second = Positions.at(pairs.right()).take("scatterReduce", values);
            Tensor factors = Positions.at(pairs.paired())
                    .put(
                            "scatterReduce",
                            Tensor.ones(values.dtype(), pairs.left().length()),
                            second);
            values = Positions.at(pairs.left()).take("scatterReduce", values).mul(factors);
            places = Op.pure("places", pairs.groups()).tensor();
        }
        return new Positions(places, 0, x.ndim()).put("scatterReduce", x, values);
    }

    private static INDArray scatterTouched(Tensor x, int dim, Tensor index, boolean includeSelf) {
        return includeSelf ? Copy.copy(array(x)) : array(Scattering.scatter(x, dim, index, 1));
    }
}
