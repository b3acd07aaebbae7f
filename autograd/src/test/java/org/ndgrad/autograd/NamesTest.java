package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.CaseFormat;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.Resources;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A name can be derived: PyTorch's, with a capital letter exactly where PyTorch has an underscore. */
class NamesTest {

    /** Said otherwise in PyTorch: by brackets, an operator, a constructor, an argument, or several results. */
    private static final Set<String> OUR_OWN = ImmutableSet.of(
            "defaultDtype", "get", "of", "rdiv", "slice", "solveRight", "uniqueAll", "uniqueConsecutiveAll");

    @Test
    void everyFunctionBearsPytorchsName() throws IOException {
        List<String> names =
                Resources.readLines(Resources.getResource("golden/pytorch-names.txt"), StandardCharsets.UTF_8);
        Set<String> derived = names.stream()
                .map(name -> name.contains("_") ? CaseFormat.LOWER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, name) : name)
                .collect(ImmutableSet.toImmutableSet());

        assertThat(Arrays.stream(Functions.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(Method::getName)
                        .distinct()
                        .filter(name -> !derived.contains(name)))
                .containsExactlyInAnyOrderElementsOf(OUR_OWN);
    }
}
