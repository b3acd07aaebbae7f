///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS org.ndgrad:ndgrad-nn:0.1.0-SNAPSHOT
//RUNTIME_OPTIONS -XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow

import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Tanh;
import org.ndgrad.nn.optim.Adam;

/** A program in one file: {@code java @examples/script/java.args examples/script/Xor.java}, or {@code jbang Xor.java}. */
class Xor {

    public static void main(String[] args) {
        Rng.manualSeed(1);
        Tensor x = Tensor.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
        Tensor xor = Tensor.of(new double[][] {{0}, {1}, {1}, {0}});

        var model = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 1));
        var adam = new Adam(model.parameters(), 0.05);
        for (int epoch = 1; epoch <= 200; epoch++) {
            adam.zeroGrad();
            Tensor loss = Losses.binaryCrossEntropyWithLogits(model.forward(x), xor);
            loss.backward();
            adam.step();
            if (epoch % 50 == 0) {
                System.out.printf("epoch %d, loss %.4f%n", epoch, loss.item());
            }
        }
        System.out.println(model.forward(x).sigmoid());
    }
}
