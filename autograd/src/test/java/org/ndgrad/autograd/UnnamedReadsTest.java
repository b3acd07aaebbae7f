package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A vjp that reads a tensor without naming it, and what becomes of it when the tensor is changed in place. */
class UnnamedReadsTest {

    private final Tensor x = Tensor.of(1.0, 2).requiresGrad(true);
    private final Tensor scale = Tensor.of(3.0, 4);

    private Tensor scaled(UnaryOperator<Tensor> vjp, Tensor... reads) {
        return Op.of("scaled", x.detach().mul(scale)).wrt(x, vjp, reads).tensor();
    }

    @Test
    void aChangedOneIsAnError() {
        Tensor y = scaled(g -> g.mul(scale));
        scale.mul_(10);
        assertThatThrownBy(() -> y.sum().backward())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "backward through 'scaled': expected its vjp to read what it names; got a tensor of shape (2),"
                                + " dtype float32, which is not named and has other values than in the forward pass, for it was"
                                + " changed in place since. Change a clone(), or after backward(). Name it behind the vjp,"
                                + " wrt(x, vjp, tensors…), which saves it.");
        assertThat(x.hasGrad()).isFalse();
    }

    @Test
    void aViewOfAChangedOneIsAnError() {
        Tensor y = scaled(g -> g.mul(scale.reshape(1, 2).reshape(2)));
        scale.zero_();
        assertThatThrownBy(() -> y.sum().backward()).hasMessageContaining("expected its vjp to read what it names");
    }

    @Test
    void aLeafThatWasSteppedIsAnError() {
        Tensor y = Op.of("square", x.detach().square())
                .wrt(x, g -> g.mul(x).mul(2))
                .tensor();
        Autograd.noGrad(() -> x.sub_(1));
        assertThatThrownBy(() -> y.sum().backward()).hasMessageContaining("expected its vjp to read what it names");
    }

    @Test
    void itIsFoundInsideNoGradToo() {
        Tensor y = scaled(g -> Autograd.noGrad(() -> g.mul(scale)));
        scale.mul_(10);
        assertThatThrownBy(() -> y.sum().backward()).hasMessageContaining("expected its vjp to read what it names");
    }

    @Test
    void anUnchangedOneIsRead() {
        scale.mul_(10); // before the forward pass
        scaled(g -> g.mul(scale)).sum().backward();
        assertThat(x.grad().equal(Tensor.of(30.0, 40))).isTrue();
    }

    @Test
    void whatTheVjpItselfMakesAndChangesIsItsOwn() {
        Tensor count = Tensor.zeros(2);
        Tensor y = scaled(
                g -> {
                    count.add_(1);
                    return Tensor.zerosLike(g).add_(scale).mul(g).add(count);
                },
                scale);
        y.sum().backward();
        assertThat(x.grad().equal(Tensor.of(4.0, 5))).isTrue();
    }

    @Test
    void anotherPassInsideTheVjpIsNotConcerned() {
        Tensor w = Tensor.of(5.0, 6).requiresGrad(true);
        Tensor y = scaled(g -> {
            Tensor inner = Autograd.enableGrad(() -> w.mul(2).sum());
            Autograd.noGrad(() -> w.add_(1));
            return g.mul(Autograd.grad(inner, w));
        });
        y.sum().backward();
        assertThat(x.grad().equal(Tensor.of(2.0, 2))).isTrue();
    }
}
