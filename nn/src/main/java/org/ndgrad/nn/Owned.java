package org.ndgrad.nn;

import com.google.common.base.Strings;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;

/**
 * What one block owns itself, without what its children own: registered under a name, or found in a field under the
 * field's name. Fields are looked at anew each time, for they may be assigned at any time.
 */
final class Owned {

    final Map<String, Tensor> parameters = new LinkedHashMap<>();
    final Map<String, Tensor> buffers = new LinkedHashMap<>();
    final Map<String, Block> children = new LinkedHashMap<>();

    private final Block owner;

    /** Whether any tensor may stand for a parameter, also one that was computed. */
    private final boolean isFunctional;

    /** For each field that holds something registered, under what name. */
    private final Map<String, String> registered = new LinkedHashMap<>();

    /** The parameters in fields, when last looked at. */
    private Map<String, Tensor> before = Map.of();

    Owned(Block owner, boolean isFunctional) {
        this.owner = owner;
        this.isFunctional = isFunctional;
    }

    /** What was found: everything once, and second names of what has another one already. */
    static final class Look {
        final Map<String, Tensor> parameters;
        final Map<String, Tensor> buffers;
        final Map<String, Block> children;
        final Map<String, Object> aliases = new LinkedHashMap<>();
        private final Map<String, Object> functions = new LinkedHashMap<>();

        private Look(Owned owned) {
            parameters = new LinkedHashMap<>(owned.parameters);
            buffers = new LinkedHashMap<>(owned.buffers);
            children = new LinkedHashMap<>(owned.children);
        }

        boolean has(Object thing) {
            return has(parameters, thing) || has(buffers, thing) || has(children, thing);
        }

        private static boolean has(Map<String, ?> some, Object thing) {
            for (Object each : some.values()) { // a stream would take longer than all else here
                if (each == thing) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Looks at what is registered and at all fields; refuses what would be lost. */
    Look look() {
        Look look = lookAtFields();
        look.functions.forEach((name, function) -> checkFunction(look, name, function));
        return look;
    }

    private Look lookAtFields() {
        if (Fields.of(owner.getClass()).isEmpty()) {
            return new Look(this);
        }
        Map<String, Object> others = new LinkedHashMap<>();
        for (Field field : Fields.of(owner.getClass())) {
            Object value = Fields.value(field, owner);
            if (value != null && !follow(Fields.name(field), value)) {
                others.put(Fields.name(field), value);
            }
        }
        Look look = new Look(this);
        others.forEach((name, value) -> visit(look, name, value));
        Map<String, Tensor> found = new LinkedHashMap<>(look.parameters);
        found.keySet().removeAll(parameters.keySet());
        before = found;
        return look;
    }

    /** Takes over what another block's fields and registrations are, with other tensors and blocks. */
    void rebuild(Owned other, UnaryOperator<Tensor> tensor, UnaryOperator<Block> block) {
        Map<String, Tensor> found = new LinkedHashMap<>(other.before);
        found.replaceAll((name, each) -> tensor.apply(each));
        before = found;
        put(parameters, other.parameters, tensor);
        put(buffers, other.buffers, tensor);
        put(children, other.children, block);
        registered.putAll(other.registered);
    }

    private static <T> void put(Map<String, T> some, Map<String, T> others, UnaryOperator<T> rebuilt) {
        some.putAll(others);
        some.replaceAll((name, each) -> rebuilt.apply(each));
    }

    /** Lets the field's value be what is registered under its name; returns whether something is. */
    private boolean follow(String field, Object value) {
        String name = registered.get(field);
        if (name == null) {
            name = nameOf(field, value);
            if (name == null) {
                return false;
            }
            registered.put(field, name);
        }
        if (value instanceof Block block) {
            children.put(name, block);
        } else if (value instanceof Tensor tensor && buffers.containsKey(name)) {
            buffers.put(name, MemoryScope.stored(checkBuffer(owner, name, tensor)));
        } else if (parameters.get(name) != value && !isFunctional) {
            throw lost(field, name);
        }
        return true;
    }

    private @Nullable String nameOf(String field, Object value) {
        Map<String, ?> some = value instanceof Block ? children : parameters.containsKey(field) ? parameters : buffers;
        if (value instanceof Block || value instanceof Tensor) {
            if (some.containsKey(field)) {
                return field;
            }
            for (Map<String, ?> each : List.of(parameters, buffers, children)) {
                for (Map.Entry<String, ?> entry : each.entrySet()) {
                    if (entry.getValue() == value && !registered.containsValue(entry.getKey())) {
                        return entry.getKey();
                    }
                }
            }
        }
        return null;
    }

    private void visit(Look look, String name, Object value) {
        if (value instanceof Block block) {
            if (block != owner) {
                put(look, look.children, name, block);
            }
        } else if (value instanceof Tensor tensor) {
            visitTensor(look, name, tensor);
        } else if (value instanceof Collection<?> collection) {
            visitAll(look, name, collection);
        } else if (value instanceof Object[] array) {
            visitAll(look, name, List.of(array));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> visit(look, name + '.' + key, each));
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(each -> visit(look, name, each));
        } else if (value instanceof Record) {
            for (Field field : Fields.of(value.getClass())) {
                Object each = Fields.value(field, value);
                if (each != null) {
                    visit(look, name + '.' + field.getName(), each);
                }
            }
        } else if (Fields.isFunction(value)) {
            look.functions.put(name, value);
        }
    }

    private void visitAll(Look look, String name, Collection<?> all) {
        int i = 0;
        for (Object each : all) {
            if (each != null) {
                visit(look, name + '.' + i, each);
            }
            i++;
        }
    }

    private void visitTensor(Look look, String name, Tensor tensor) {
        Tensor known = before.get(name);
        if ((tensor.requiresGrad() && (tensor.isLeaf() || isFunctional)) || known == tensor) {
            put(look, look.parameters, name, isFunctional ? tensor : MemoryScope.stored(tensor));
        } else if (known != null) {
            throw lost(name, name);
        }
    }

    /** Adds what is new; what is registered, as a row's layers are, has no other name. */
    private <T> void put(Look look, Map<String, T> some, String name, T thing) {
        if (!look.has(thing)) {
            some.put(name, thing);
        } else if (!isRegistered(thing)) {
            look.aliases.put(name, thing);
        }
    }

    private boolean isRegistered(Object thing) {
        return Look.has(parameters, thing) || Look.has(buffers, thing) || Look.has(children, thing);
    }

    private IllegalStateException lost(String field, String name) {
        return new IllegalStateException(Strings.lenientFormat(
                "%s: expected the field '%s' to keep the parameter '%s', a leaf that an optimizer knows; got another"
                        + " tensor assigned to it. Change the parameter in place, such as by"
                        + " Autograd.noGrad(() -> w.sub_(…)).",
                Block.name(owner), field, name));
    }

    static Tensor checkBuffer(Block owner, String name, Tensor tensor) {
        if (tensor.requiresGrad()) {
            throw new IllegalArgumentException(Strings.lenientFormat(
                    "%s: expected a buffer '%s' that does not require a gradient; got one that does. "
                            + "Make it a parameter, or detach() it.",
                    Block.name(owner), name));
        }
        return tensor;
    }

    private void checkFunction(Look look, String name, Object function) {
        for (Object captured : Fields.captured(function)) {
            if (isLost(look, captured)) {
                throw new IllegalStateException(Strings.lenientFormat(
                        "%s: expected layers and parameters in fields; got a %s inside the function of the field '%s',"
                                + " which would be neither trained nor saved. Keep it in a field of its own, too.",
                        Block.name(owner), captured.getClass().getSimpleName(), name));
            }
        }
    }

    private boolean isLost(Look look, Object captured) {
        if (captured instanceof Tensor tensor) {
            return tensor.requiresGrad() && tensor.isLeaf() && !look.has(tensor);
        }
        return captured instanceof Block block
                && block != owner
                && !look.has(block)
                && !holds(block, new ArrayList<>());
    }

    /** Returns whether the owner is somewhere below the block. */
    private boolean holds(Block block, List<Block> seen) {
        if (seen.stream().anyMatch(each -> each == block)) {
            return false;
        }
        seen.add(block);
        return block.owned().lookAtFields().children.values().stream()
                .anyMatch(child -> child == owner || holds(child, seen));
    }
}
