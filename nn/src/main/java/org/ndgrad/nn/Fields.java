package org.ndgrad.nn;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Tensor;

/**
 * The fields of a class in which something may stand that a block owns, found once per class: those that are neither
 * static nor transient nor of a type that rules it out, superclasses first.
 */
final class Fields {

    /** Variables of the surroundings that an anonymous or local class uses. */
    private static final String CAPTURED = "val$";

    private static final ClassValue<ImmutableList<Field>> OF_CLASS = new ClassValue<>() {
        @Override
        protected ImmutableList<Field> computeValue(Class<?> type) {
            List<Field> fields = new ArrayList<>();
            for (Class<?> each = type; each != null && each != Block.class && each != Layer.class; ) {
                List<Field> own = new ArrayList<>(Arrays.asList(each.getDeclaredFields()));
                own.removeIf(field -> !mayOwn(field));
                own.forEach(Field::trySetAccessible);
                fields.addAll(0, own);
                each = each.getSuperclass();
            }
            return ImmutableList.copyOf(fields);
        }
    };

    private Fields() {}

    static ImmutableList<Field> of(Class<?> type) {
        return OF_CLASS.get(type);
    }

    /** Returns the name that the source gives the field. */
    static String name(Field field) {
        String name = field.getName();
        return name.startsWith(CAPTURED) ? name.substring(CAPTURED.length()) : name;
    }

    /** Returns the value; refuses if the rules of the language hide it from us. */
    static @Nullable Object value(Field field, Object owner) {
        try {
            return field.get(owner);
        } catch (IllegalAccessException e) {
            Class<?> type = field.getDeclaringClass();
            throw new IllegalStateException(
                    Strings.lenientFormat(
                            "%s: expected to see what the field '%s' holds, to train and save it; %s hides it. Write"
                                    + " 'opens %s;' in its module-info.java, or mark the field transient and register what"
                                    + " it holds with child(\"%s\", …), parameter or buffer.",
                            Block.name(owner), name(field), type.getModule(), type.getPackageName(), name(field)),
                    e);
        }
    }

    /** Replaces the value of a field, final or not. */
    static void set(Field field, Object owner, Object value) {
        try {
            field.set(owner, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(
                    Strings.lenientFormat(
                            "%s: expected to put another value into the field '%s'; it cannot be written from outside."
                                    + " Make it a field of a class that is no record, and open its package.",
                            Block.name(owner), name(field)),
                    e);
        }
    }

    /** Whether a value is a lambda or of an anonymous class: a function, into which nobody looks. */
    static boolean isFunction(Object value) {
        Class<?> type = value.getClass();
        return type.isHidden() || type.isAnonymousClass();
    }

    /** Returns what a function has hold of. */
    static List<Object> captured(Object function) {
        List<Object> captured = new ArrayList<>();
        for (Field field : function.getClass().getDeclaredFields()) {
            Object value = !field.getType().isPrimitive() && field.trySetAccessible() ? value(field, function) : null;
            if (value != null) {
                captured.add(value);
            }
        }
        return captured;
    }

    private static boolean mayOwn(Field field) {
        Class<?> type = field.getType();
        int modifiers = field.getModifiers();
        return !Modifier.isStatic(modifiers)
                && !Modifier.isTransient(modifiers)
                && (!field.isSynthetic() || field.getName().startsWith(CAPTURED))
                && mayHold(type);
    }

    /** Returns whether a value of the type may be or hold a block, a tensor or a generator. */
    private static boolean mayHold(Class<?> type) {
        if (type.isArray()) {
            return mayHold(type.getComponentType());
        }
        return Block.class.isAssignableFrom(type)
                || Tensor.class == type
                || RandomGenerator.class.isAssignableFrom(type)
                || Iterable.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || type == Optional.class
                || type.isRecord()
                || type.isInterface()
                || type == Object.class;
    }
}
