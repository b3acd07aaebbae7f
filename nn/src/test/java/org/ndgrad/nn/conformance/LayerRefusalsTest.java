package org.ndgrad.nn.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Layer;

/** A layer refuses in its own name, not in that of the operation that it calls. */
class LayerRefusalsTest {

    private static final Pattern FORM =
            Pattern.compile("[A-Z]\\w+(\\(.*\\))?: expected .+; got .+\\. .+\\.", Pattern.DOTALL);

    @TestFactory
    Stream<DynamicTest> messagesNameTheLayer() {
        return Runner.files(Runner.own("modules")).stream()
                .map(file -> dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static void check(Path file) {
        Case given = Case.read(file).get(0);
        Arguments arguments = given.arguments(Precision.FLOAT32);
        Optional<Tensor> input =
                arguments.value(0, "input").filter(Tensor.class::isInstance).map(Tensor.class::cast);
        if (input.isPresent()
                && Modules.of(given.module())
                                .orElseThrow()
                                .constructor()
                                .apply(given.constructor(Precision.FLOAT32))
                                .block()
                        instanceof Layer layer) {
            Tensor x = input.get().detach();
            Stream.of(
                            x.to(DataType.INT64),
                            x.to(DataType.DOUBLE),
                            Tensor.ones(1, 2, 1, 2, 1, 2, 1),
                            Tensor.ones(3),
                            Tensor.of(1f))
                    .flatMap(wrong -> refusal(layer, wrong).stream())
                    .forEach(message -> assertThat(message).matches(FORM));
        }
    }

    private static Optional<String> refusal(Layer layer, Tensor x) {
        try {
            layer.forward(x);
            return Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.of(e.getMessage());
        }
    }
}
