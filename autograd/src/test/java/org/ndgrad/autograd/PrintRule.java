package org.ndgrad.autograd;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.PRIVATE;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.google.common.collect.ImmutableSet;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** What a user may leave as the last line in JShell or in a cell says what it is, not {@code Scope@2aed}. */
public final class PrintRule {

    private static final Set<String> NOT_SHOWN = ImmutableSet.of("kernels", "internal");

    private PrintRule() {}

    /** Holds for public classes of which a user can get an object, and for what they make of public types. */
    public static ArchRule everyObjectSaysWhatItIs() {
        return classes()
                .that(describe("are handed out", PrintRule::isHandedOut))
                .should(new ArchCondition<>("have a toString() of their own") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean says = type.getAllMethods().stream()
                                .anyMatch(method -> method.getName().equals("toString")
                                        && method.getRawParameterTypes().isEmpty()
                                        && !method.getOwner().isEquivalentTo(Object.class));
                        events.add(new SimpleConditionEvent(type, says, type.getName() + " has none"));
                    }
                });
    }

    private static boolean isHandedOut(JavaClass type) {
        return !type.isInterface()
                && !type.isEnum()
                && !type.getModifiers().contains(ABSTRACT)
                && NOT_SHOWN.stream().noneMatch(room -> type.getPackageName().contains(room))
                && outermost(type).getModifiers().contains(PUBLIC)
                && (isPublic(type) || type.getAllRawInterfaces().stream().anyMatch(PrintRule::isPublicHere))
                && hasObjects(type);
    }

    private static boolean isPublicHere(JavaClass type) {
        return type.getPackageName().startsWith("org.ndgrad") && isPublic(type);
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(PUBLIC);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(PrintRule::outermost).orElse(type);
    }

    /** Classes of static methods alone have none. */
    private static boolean hasObjects(JavaClass type) {
        return type.getConstructors().stream().anyMatch(each -> !isPrivate(each))
                || type.getMethods().stream()
                        .anyMatch(
                                each -> !isPrivate(each) && !each.getModifiers().contains(STATIC));
    }

    private static boolean isPrivate(JavaMember member) {
        return member.getModifiers().contains(PRIVATE);
    }
}
