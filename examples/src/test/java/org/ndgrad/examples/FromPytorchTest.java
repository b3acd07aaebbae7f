package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.io.Safetensors;

class FromPytorchTest {

    @TempDir
    private Path folder;

    @Test
    void aNetworkOfPytorchLearnsAnotherTask() {
        FromPytorch.Result result = FromPytorch.run(FromPytorch.resource(), 2);

        assertThat(result.head()).isGreaterThan(result.before());
        assertThat(result.all()).isGreaterThan(result.head());
        Path file = folder.resolve("digits.safetensors");
        Safetensors.saveFile(result.model().stateDict(), file);
        FromPytorch.Cnn loaded = new FromPytorch.Cnn(10);
        loaded.load(Safetensors.loadFile(file));
        loaded.eval();
        Tensor x = Digits.data().features();
        Autograd.noGrad(() ->
                assertThat(loaded.forward(x).equal(result.model().forward(x))).isTrue());
    }
}
