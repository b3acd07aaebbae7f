package org.ndgrad.nn.io;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Rng;
import org.ndgrad.nn.Block;

/** Where generators stand, as part of a state. */
final class GeneratorPlaces {

    /** What no layer or parameter is called: names of Java have no blank. */
    static final String NAME = "random generators";

    private static final System.Logger LOGGER = System.getLogger(Checkpoint.class.getName());
    private static final String SEED = "seed";
    private static final String POSITION = "position";

    private GeneratorPlaces() {}

    static ImmutableMap<String, Long> state(Rng rng) {
        return ImmutableMap.of(SEED, rng.state().seed(), POSITION, rng.state().position());
    }

    static Rng.State read(@Nullable Object state) {
        Map<String, Object> map = Part.map("the generator", state);
        return new Rng.State(number(SEED, map.get(SEED)), number(POSITION, map.get(POSITION)));
    }

    private static long number(String name, @Nullable Object value) {
        return Part.as(Number.class, "a number", name, value).longValue();
    }

    static ImmutableList<ImmutableMap<String, Long>> states(Block model) {
        ImmutableList.Builder<ImmutableMap<String, Long>> states = ImmutableList.builder();
        for (RandomGenerator generator : model.generators()) {
            if (generator instanceof Rng rng) {
                states.add(state(rng));
            } else {
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "Checkpoint: expected generators of class Rng in the layers of a model; got a {0}, whose"
                                + " place nobody can read, so that a run that goes on draws other numbers from it."
                                + " Make it a new Rng(seed).",
                        generator.getClass().getName());
            }
        }
        return states.build();
    }

    /** Returns what sets the places, after a look at all. */
    static List<Runnable> places(Block model, Object states) {
        List<Rng> generators = model.generators().stream()
                .filter(Rng.class::isInstance)
                .map(Rng.class::cast)
                .toList();
        List<?> list = Part.as(List.class, "a list", NAME, states);
        checkArgument(
                generators.size() == list.size(),
                "expected a model whose layers draw from %s generators of their own; got one with %s. Make it as the"
                        + " saved one was made.",
                list.size(),
                generators.size());
        List<Runnable> places = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Rng rng = generators.get(i);
            Rng.State state = read(list.get(i));
            places.add(() -> rng.load(state));
        }
        return places;
    }
}
