package org.ndgrad.autograd;

import java.util.List;

/** Operations made up for tests of the engine. */
final class SyntheticOps {

    private SyntheticOps() {}

    /** y = factor · x. */
    static Tensor scale(Tensor x, double factor) {
        return Op.of("scale", x.detach().mul(factor).data())
                .wrt(x, g -> scale(g, factor))
                .tensor();
    }

    /** y = a + b. */
    static Tensor join(Tensor a, Tensor b) {
        return Op.of("join", a.detach().add(b.detach()).data())
                .wrt(a, g -> g)
                .wrt(b, g -> g)
                .tensor();
    }

    /** y = x, and tells when its derivative is called. */
    static Tensor probe(String name, Tensor x, List<String> called) {
        return Op.of(name, x.clone().data())
                .wrt(x, g -> {
                    called.add(name);
                    return g;
                })
                .tensor();
    }

    /** y₀ = first · x, y₁ = second · x, by one derivative. */
    static List<Tensor> twice(Tensor x, double first, double second) {
        Tensor constant = x.detach();
        return Op.of("twice", constant.mul(first).data(), constant.mul(second).data())
                .wrtAll(x, g -> g.get(0).mul(first).add(g.get(1).mul(second)))
                .tensors();
    }
}
