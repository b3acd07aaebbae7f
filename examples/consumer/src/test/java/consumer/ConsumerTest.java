package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;

class ConsumerTest {

    private static Set<String> jars(String artifact) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> new File(entry).getName())
                .filter(name -> name.startsWith(artifact))
                .collect(Collectors.toSet());
    }

    @Test
    void theNewNativeLibraryComesAndNotTheOldOne() {
        String platform = Loader.getPlatform();

        assertEquals(
                Set.of("openblas-0.3.19-1.5.7.jar", "openblas-0.3.31-1.5.13-" + platform + ".jar"), jars("openblas-"));
        assertEquals(Set.of("javacpp-1.5.7.jar", "javacpp-1.5.7-" + platform + ".jar"), jars("javacpp-"));
    }

    @Test
    void layersCompute() {
        Tensor y = new Linear(40, 50).forward(Tensor.ones(30, 40));

        assertEquals(1500, y.numel());
    }
}
