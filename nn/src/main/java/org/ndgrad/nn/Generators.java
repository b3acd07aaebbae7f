package org.ndgrad.nn;

import com.google.common.collect.ImmutableList;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Rng;

/** Finds the random generators that blocks were given: in their fields, and in records there such as options. */
final class Generators {

    private Generators() {}

    static ImmutableList<RandomGenerator> of(Block root) {
        Set<RandomGenerator> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.add(Rng.defaultRng());
        ImmutableList.Builder<RandomGenerator> found = ImmutableList.builder();
        Tree.of(root).blocks().values().forEach(block -> visit(block, seen, found));
        return found.build();
    }

    private static void visit(Object owner, Set<RandomGenerator> seen, ImmutableList.Builder<RandomGenerator> found) {
        for (Field field : Fields.of(owner.getClass())) {
            Object value = Fields.value(field, owner);
            if (value instanceof RandomGenerator generator && seen.add(generator)) {
                found.add(generator);
            } else if (value instanceof Record) {
                visit(value, seen, found);
            }
        }
    }
}
