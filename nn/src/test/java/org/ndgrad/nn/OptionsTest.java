package org.ndgrad.nn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableSet;
import com.google.common.io.Resources;
import com.google.common.reflect.ClassPath;
import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The one rule for choices: what is required is an argument, the rest an options record, made by {@code with…}. */
class OptionsTest {

    /** What stands in other libraries for epsilon, dtype and rng. */
    private static final Set<String> OTHER_NAMES =
            ImmutableSet.of("eps", "type", "dataType", "random", "generator", "seed");

    static Stream<Class<?>> options() throws IOException {
        return ClassPath.from(OptionsTest.class.getClassLoader()).getTopLevelClassesRecursive("org.ndgrad").stream()
                .filter(type -> type.getSimpleName().endsWith("Options"))
                .map(ClassPath.ClassInfo::load);
    }

    @ParameterizedTest
    @MethodSource("options")
    void optionsAreRecordsThatAreMadeByDefaultsAndWith(Class<?> type) {
        Set<String> components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(ImmutableSet.toImmutableSet());

        assertThat(components).doesNotContainAnyElementsOf(OTHER_NAMES);
        assertThat(publicMethods(type).filter(method -> Modifier.isStatic(method.getModifiers())))
                .isNotEmpty()
                .allMatch(method -> method.getName().equals("defaults")
                        || (method.getName().startsWith("of") && method.getParameterCount() > 0));
        assertThat(publicMethods(type)
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .filter(method -> !components.contains(method.getName()))
                        .filter(method -> !isOfObject(method)))
                .isNotEmpty()
                .allMatch(method -> method.getName().startsWith("with") && method.getReturnType() == type);
    }

    /** It would be missed far from where it was given. Options that begin with {@code of} have no others to test. */
    @ParameterizedTest
    @MethodSource("options")
    void nullIsRefusedInPlaceOfAnOption(Class<?> type) throws ReflectiveOperationException {
        Optional<Method> defaults = publicMethods(type)
                .filter(method -> method.getName().equals("defaults"))
                .findFirst();
        Object options = defaults.isEmpty() ? null : defaults.get().invoke(null);
        publicMethods(type)
                .filter(method -> options != null || Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getParameterCount() == 1 && !isOfObject(method))
                .filter(method -> !method.getParameterTypes()[0].isPrimitive())
                .filter(method -> !method.getAnnotatedParameterTypes()[0].isAnnotationPresent(Nullable.class))
                .forEach(method -> assertThatThrownBy(() -> method.invoke(options, (Object) null))
                        .as(method.getName())
                        .cause()
                        .isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class));
    }

    private static Stream<Method> publicMethods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).filter(method -> Modifier.isPublic(method.getModifiers()));
    }

    private static boolean isOfObject(Method method) {
        return ImmutableSet.of("equals", "hashCode", "toString").contains(method.getName());
    }

    @Test
    void thereAreOptions() throws IOException {
        assertThat(options()).hasSizeGreaterThan(20).contains(LinearOptions.class);
    }

    /** It grows with every option. */
    @Test
    void constructorsOfOptionsAreNotCalled() {
        noClasses()
                .should()
                .callConstructorWhere(DescribedPredicate.describe(
                        "it belongs to another's options",
                        call -> call.getTargetOwner().getSimpleName().endsWith("Options")
                                && call.getTargetOwner().getPackageName().startsWith("org.ndgrad")
                                && !call.getTargetOwner().equals(call.getOriginOwner())))
                .check(classesThatNameOptions());
    }

    /** Without what they refer to elsewhere, which is most of ND4J and takes half a minute. */
    private static JavaClasses classesThatNameOptions() {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter()
                    .withImportOption(location -> namesOptions(location.asURI()))
                    .importPackages("org.ndgrad");
        });
    }

    private static boolean namesOptions(URI file) {
        try {
            String bytes = Resources.toString(file.toURL(), StandardCharsets.ISO_8859_1);
            return bytes.contains("Options");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thereAreNoBuilders() throws IOException {
        assertThat(ClassPath.from(OptionsTest.class.getClassLoader()).getTopLevelClassesRecursive("org.ndgrad").stream()
                        .filter(type -> !type.getPackageName().contains(".kernels"))
                        .map(ClassPath.ClassInfo::load)
                        .flatMap(type -> Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredClasses()))))
                .noneMatch(type -> type.getSimpleName().endsWith("Builder"));
    }
}
