package org.ndgrad.autograd;

import com.google.common.collect.ImmutableSet;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;

/** Reads in the byte code of a class what it calls: of several overloads the very one. */
public final class Calls {

    private Calls() {}

    /** Returns the methods that are called or referred to, inside of lambdas as well. */
    public static Set<Method> of(Class<?> caller) {
        JavaClass imported = new ClassFileImporter().importClasses(caller).get(caller);
        return imported.getCodeUnitAccessesFromSelf().stream()
                .map(access -> access.getTarget().resolveMember())
                .flatMap(Optional::stream)
                .filter(JavaMethod.class::isInstance)
                .map(method -> ((JavaMethod) method).reflect())
                .collect(ImmutableSet.toImmutableSet());
    }
}
