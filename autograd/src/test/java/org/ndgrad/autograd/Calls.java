package org.ndgrad.autograd;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Reads in the byte code of a class what it calls: of several overloads the very one. */
public final class Calls {

    private Calls() {}

    /** Returns the methods that each class calls or refers to, inside of lambdas as well. */
    public static ImmutableMap<Class<?>, Set<Method>> of(Collection<Class<?>> callers) {
        JavaClasses imported = new ClassFileImporter().importClasses(callers);
        return Maps.toMap(callers, caller -> of(imported.get(caller)));
    }

    private static Set<Method> of(JavaClass caller) {
        return caller.getCodeUnitAccessesFromSelf().stream()
                .map(access -> access.getTarget().resolveMember())
                .flatMap(Optional::stream)
                .filter(JavaMethod.class::isInstance)
                .map(method -> ((JavaMethod) method).reflect())
                .collect(ImmutableSet.toImmutableSet());
    }
}
