package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/** Puts other tensors in the place of what a block and all below it own: into the same objects, or into copies. */
final class Rebuild {

    private final IdentityHashMap<Tensor, Tensor> tensors;
    private final boolean copies;
    private final boolean isFunctional;
    private final IdentityHashMap<Block, Block> done = new IdentityHashMap<>();

    private Rebuild(IdentityHashMap<Tensor, Tensor> tensors, boolean copies, boolean isFunctional) {
        this.tensors = tensors;
        this.copies = copies;
        this.isFunctional = isFunctional;
    }

    /** Replaces each tensor of the block's state by another one. */
    static void inPlace(Block root, UnaryOperator<Tensor> other) {
        new Rebuild(mapped(root, other), false, false).block(root);
    }

    /** Returns a copy of the block that has another tensor for each of its state. */
    static Block copy(Block root, UnaryOperator<Tensor> other) {
        return new Rebuild(mapped(root, other), true, false).block(root);
    }

    /** Returns a copy that has the given tensors, by path, and shares the others. */
    static Block with(Block root, Map<String, Tensor> given) {
        Tree tree = Tree.begun(root);
        IdentityHashMap<Tensor, Tensor> tensors = new IdentityHashMap<>();
        given.forEach((path, tensor) -> {
            Tensor own = tree.state().getOrDefault(path, tree.aliases().get(path));
            checkArgument(
                    own != null,
                    "%s: expected names of parameters or buffers, %s; got '%s'. Leave out what the layer does not have.",
                    Block.name(root),
                    tree.state().keySet(),
                    path);
            checkArgument(
                    Arrays.equals(own.shape(), tensor.shape()),
                    "%s: expected '%s' of shape %s; got %s. Give one of the layer's own shape.",
                    Block.name(root),
                    path,
                    Text.shape(own),
                    Text.shape(tensor));
            tensors.put(own, tensor);
        });
        return new Rebuild(tensors, true, true).block(root);
    }

    /** Maps each tensor of the state to another one, which the block stores. */
    private static IdentityHashMap<Tensor, Tensor> mapped(Block root, UnaryOperator<Tensor> other) {
        IdentityHashMap<Tensor, Tensor> tensors = new IdentityHashMap<>();
        Tree.of(root).state().values().forEach(tensor -> tensors.put(tensor, MemoryScope.stored(other.apply(tensor))));
        return tensors;
    }

    private Tensor tensor(Tensor tensor) {
        return tensors.getOrDefault(tensor, tensor);
    }

    private Block block(Block block) {
        Block before = done.get(block);
        if (before != null) {
            return before;
        }
        Block target = copies ? block.shell(isFunctional) : block;
        done.put(block, target);
        target.owned().rebuild(block.owned(), this::tensor, this::block);
        for (Class<?> type = block.getClass(); type != Block.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().startsWith("this$") && field.trySetAccessible()) {
                    pointOutward(field, block, target);
                }
            }
        }
        for (Field field : Fields.of(block.getClass())) {
            Object value = Fields.value(field, block);
            if (value != null) {
                Object rebuilt = value(Fields.name(field), block, value);
                if (rebuilt != value) {
                    Fields.set(field, target, rebuilt);
                }
            }
        }
        if (copies) {
            target.copied();
        }
        return target;
    }

    /** A copy of an inner object belongs to the copy of the outer one. */
    private void pointOutward(Field field, Block block, Block target) {
        Block outer = Fields.value(field, block) instanceof Block each ? done.get(each) : null;
        if (outer != null) {
            Fields.set(field, target, outer);
        }
    }

    private Object value(String name, Block owner, Object value) {
        if (value instanceof Block block) {
            return block(block);
        } else if (value instanceof Tensor tensor) {
            return tensor(tensor);
        } else if (value instanceof Optional<?> optional) {
            Object inner = optional.orElse(null);
            Object rebuilt = inner == null ? null : value(name, owner, inner);
            return rebuilt == inner ? value : Optional.ofNullable(rebuilt);
        } else if (value instanceof Collection<?> collection) {
            Object[] parts = collection.toArray();
            return rebuild(name, owner, parts) ? collection(collection, Arrays.asList(parts)) : value;
        } else if (value instanceof Map<?, ?> map) {
            Object[] parts = map.values().toArray();
            return rebuild(name, owner, parts) ? map(map, parts) : value;
        } else if (value instanceof Object[] array) {
            Object[] parts = array.clone();
            return rebuild(name, owner, parts) ? parts : value;
        } else if (value instanceof Record) {
            return record(name, owner, value);
        }
        checkFunction(name, owner, value);
        return value;
    }

    /** Rebuilds the parts; returns whether one is another now. */
    private boolean rebuild(String name, Block owner, @Nullable Object[] parts) {
        boolean isOther = false;
        for (int i = 0; i < parts.length; i++) {
            Object part = parts[i];
            if (part != null) {
                parts[i] = value(name, owner, part);
                isOther |= parts[i] != part;
            }
        }
        return isOther;
    }

    @SuppressWarnings("unchecked") // an empty one, which takes anything
    private static Object collection(Collection<?> old, List<Object> parts) {
        if (emptyLike(old) instanceof Collection<?> same) {
            ((Collection<Object>) same).addAll(parts);
            return same;
        }
        return old instanceof Set ? ImmutableSet.copyOf(parts) : ImmutableList.copyOf(parts);
    }

    @SuppressWarnings("unchecked") // an empty one, which takes anything
    private static Object map(Map<?, ?> old, Object[] parts) {
        Map<Object, Object> map = new LinkedHashMap<>();
        int i = 0;
        for (Object key : old.keySet()) {
            map.put(key, parts[i++]);
        }
        if (emptyLike(old) instanceof Map<?, ?> same) {
            ((Map<Object, Object>) same).putAll(map);
            return same;
        }
        return ImmutableMap.copyOf(map);
    }

    /** Returns an empty collection of the same class, or null if it cannot be made. */
    private static @Nullable Object emptyLike(Object old) {
        try {
            return old.getClass().getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            return null; // an immutable one
        }
    }

    private Object record(String name, Block owner, Object old) {
        RecordComponent[] components = old.getClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        @Nullable Object[] parts = new Object[components.length];
        try {
            for (int i = 0; i < parts.length; i++) {
                components[i].getAccessor().trySetAccessible();
                parts[i] = components[i].getAccessor().invoke(old);
            }
            if (!rebuild(name, owner, parts)) {
                return old;
            }
            var constructor = old.getClass().getDeclaredConstructor(types);
            constructor.trySetAccessible();
            return constructor.newInstance(parts);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "%s: expected to make a new record for the field '%s'; it failed. Open its package, or use a class."
                            .formatted(Block.name(owner), name),
                    e);
        }
    }

    /** A function that has hold of something cannot be made to use the copy. */
    private void checkFunction(String name, Block owner, Object value) {
        if (!copies || !Fields.isFunction(value)) {
            return;
        }
        for (Object captured : Fields.captured(value)) {
            checkState(
                    !(captured instanceof Block) && !(captured instanceof Tensor t && tensors.containsKey(t)),
                    "%s: expected fields that a copy can have of its own; got a function in the field '%s' that uses"
                            + " a %s of the original. Make it a method.",
                    Block.name(owner),
                    name,
                    Block.name(captured));
        }
    }
}
