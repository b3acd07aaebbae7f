package org.ndgrad.autograd;

import com.google.common.collect.Sets;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Looks into the lambdas of a graph: which tensors do its vjps hold on to? */
public final class Captures {

    private Captures() {}

    /** Returns a line for each tensor or array that a vjp has captured but not declared as read. */
    public static List<String> undeclared(Tensor output) {
        List<String> lines = new ArrayList<>();
        Set<Node> seen = Sets.newIdentityHashSet();
        Deque<Node> open = new ArrayDeque<>();
        if (output.requiresGrad()) {
            open.add(output.node());
        }
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (seen.add(node)) {
                for (Edge edge : node.edges()) {
                    open.push(edge.source());
                    Set<Object> declared = Sets.newIdentityHashSet();
                    declared.addAll(Arrays.asList((Tensor[]) read(read(edge, "saved"), "tensors")));
                    Set<Object> captured = Sets.newIdentityHashSet();
                    collect(read(edge, "vjp"), captured);
                    captured.removeAll(declared);
                    captured.forEach(object -> lines.add("'" + node.name() + "' captures " + object));
                }
            }
        }
        return lines;
    }

    private static void collect(Object object, Set<Object> captured) {
        if (object instanceof Tensor || object instanceof INDArray) {
            captured.add(object);
        } else if (object instanceof Object[] elements) {
            Arrays.stream(elements).forEach(element -> collect(element, captured));
        } else if (object instanceof Collection<?> elements) {
            elements.forEach(element -> collect(element, captured));
        } else if (object != null && object.getClass().isHidden()) { // a lambda
            for (Field field : object.getClass().getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    collect(read(object, field), captured);
                }
            }
        }
    }

    private static Object read(Object owner, String name) {
        try {
            return read(owner, owner.getClass().getDeclaredField(name));
        } catch (NoSuchFieldException e) {
            throw new AssertionError("expected a field " + name + " of " + owner.getClass(), e);
        }
    }

    private static Object read(Object owner, Field field) {
        field.setAccessible(true);
        try {
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
