package org.ndgrad.nn.io;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.AllOrNothing;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.Stateful;
import org.ndgrad.nn.optim.Optimizer;

/**
 * All that a training run consists of, saved in one file and loaded from it, so that a run that was stopped goes on as
 * if it had not been.
 *
 * <pre>{@code
 * Checkpoint checkpoint = new Checkpoint()
 *         .with("model", model)
 *         .with("optimizer", optimizer)
 *         .with("schedule", schedule)
 *         .with("loader", loader);
 * checkpoint.save(Path.of("run.ckpt"), Map.of("epoch", epoch));
 *
 * // in another process, after making model, optimizer, schedule and loader in the same way:
 * long epoch = (long) checkpoint.load(Path.of("run.ckpt")).get("epoch");
 * }</pre>
 *
 * <p>The default generator belongs to every checkpoint, and the generators that layers were given belong to their
 * model; others are added by name.
 *
 * <p>Of a model that is not the same, a part can be loaded, under other names if need be:
 *
 * <pre>{@code
 * LoadOptions options = LoadOptions.defaults().withRename("model.encoder.*", "backbone.*").withPartial(true);
 * other.load(Safetensors.loadFile(Path.of("run.ckpt")), options);
 * }</pre>
 *
 * <p>The file is one of {@linkplain Safetensors safetensors}, in which the tensors of a model are named as in its state
 * dict, after the name of the part: {@code model.0.weight}. What is no tensor stands in its metadata as JSON. Writing
 * is atomic: at any moment the old file is there or the new one, whole.
 */
public final class Checkpoint {

    private static final String KEY = "ndgrad.checkpoint";
    private static final long VERSION = 1;
    private static final String PARTS = "ndgrad.parts";
    private static final String DEFAULT_RNG = "ndgrad.default_rng";

    /** The further values, and the name before those of their tensors. */
    private static final String VALUES = "values";

    private final ImmutableMap<String, Part> parts;

    /** Creates a checkpoint of nothing but the default generator. */
    public Checkpoint() {
        this(ImmutableMap.of());
    }

    private Checkpoint(ImmutableMap<String, Part> parts) {
        this.parts = parts;
    }

    /**
     * Returns this and a model: its parameters, its buffers, and the places of the generators that its layers were
     * given.
     *
     * @param name of the part; without a dot, and of no other part
     */
    public Checkpoint with(String name, Block model) {
        return with(name, Part.of(given(name, model)));
    }

    /** Returns this and an optimizer: what its steps have left behind, its learning rates and its options. */
    public Checkpoint with(String name, Optimizer optimizer) {
        return with(name, Part.of(given(name, optimizer)));
    }

    /** Returns this and a schedule, a loader, a history, or whatever else has a state. */
    public Checkpoint with(String name, Stateful part) {
        return with(name, Part.of(given(name, part)));
    }

    /** Returns this and a generator. */
    public Checkpoint with(String name, Rng rng) {
        return with(name, Part.of(given(name, rng)));
    }

    private static <T> T given(String name, T part) {
        return checkNotNull(part, "Checkpoint: expected a part for '%s'; got null. Give what it is to keep.", name);
    }

    private Checkpoint with(String name, Part part) {
        checkArgument(
                !name.isEmpty() && name.indexOf('.') < 0 && !parts.containsKey(name),
                "Checkpoint: expected a name without a dot that no other part of %s has; got '%s'. Choose another.",
                parts.keySet(),
                name);
        return new Checkpoint(ImmutableMap.<String, Part>builder()
                .putAll(parts)
                .put(name, part)
                .buildOrThrow());
    }

    /** Writes all parts into a file, as {@link #save(Path, Map)} without further values. */
    public void save(Path file) {
        save(file, Map.of());
    }

    /**
     * Writes all parts into a file. Until it is whole, one that was there before stays.
     *
     * @param values what else to keep, by name: tensors, numbers, booleans, texts, and lists and maps of these
     * @throws UncheckedIOException if it cannot be written
     * @throws IllegalArgumentException if a part has something else in its state
     */
    public void save(Path file, Map<String, ?> values) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, Object> states = new LinkedHashMap<>();
        parts.forEach((name, part) -> states.put(name, part.state()));
        Map<String, String> metadata = ImmutableMap.of(
                "format",
                "pt",
                KEY,
                Long.toString(VERSION),
                PARTS,
                StateText.write(states, tensors),
                VALUES,
                StateText.write(Map.of(VALUES, values), tensors),
                DEFAULT_RNG,
                StateText.write(Part.of(Rng.defaultRng()).state(), tensors));
        Safetensors.saveFile(tensors, file, metadata);
    }

    /**
     * Lets all parts go on from a file, and the default generator. Nothing changes if something does not fit.
     *
     * @return the further values that it was saved with: {@code Long}, {@code Double}, {@code Boolean}, texts, tensors,
     *     lists and maps
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if it is no checkpoint, has other parts, or a part does not fit
     */
    public ImmutableMap<String, Object> load(Path file) {
        Saved saved = read(file);
        Set<String> missing = Sets.difference(parts.keySet(), saved.parts.keySet());
        Set<String> unexpected = Sets.difference(saved.parts.keySet(), parts.keySet());
        checkArgument(
                missing.isEmpty() && unexpected.isEmpty(),
                "Checkpoint: expected the parts %s in %s; got %s. Add or leave out parts with with(name, …), or name"
                        + " those to load: load(file, \"model\").",
                parts.keySet(),
                file,
                saved.parts.keySet());
        Rng.State place;
        try {
            place = GeneratorPlaces.read(saved.defaultRng);
        } catch (IllegalArgumentException e) {
            throw unfit(DEFAULT_RNG, file, e);
        }
        load(file, saved, parts);
        Rng.defaultRng().load(place);
        return saved.values;
    }

    /**
     * Lets some parts go on from a file and leaves the others and all generators as they are, as when only the
     * model is wanted. Nothing changes if something does not fit.
     *
     * @param names of parts that are here and in the file, at least one
     * @return the further values that it was saved with
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if it is no checkpoint, there is no such part, or one does not fit
     */
    public ImmutableMap<String, Object> load(Path file, String... names) {
        Set<String> wanted = Set.copyOf(Arrays.asList(names));
        Saved saved = read(file);
        checkArgument(
                !wanted.isEmpty()
                        && parts.keySet().containsAll(wanted)
                        && saved.parts.keySet().containsAll(wanted),
                "Checkpoint: expected names of parts that are among %s and in %s, which has %s; got %s. Take others.",
                parts.keySet(),
                file,
                saved.parts.keySet(),
                wanted);
        load(file, saved.without(GeneratorPlaces.NAME), Maps.filterKeys(parts, wanted::contains));
        return saved.values;
    }

    private static void load(Path file, Saved saved, Map<String, Part> parts) {
        List<String> inOrder = new ArrayList<>(parts.keySet());
        inOrder.sort(Comparator.comparing(name -> checkNotNull(parts.get(name)).isModel()));
        AllOrNothing all = new AllOrNothing();
        for (String name : inOrder) {
            Part part = checkNotNull(parts.get(name));
            boolean isLast = name.equals(inOrder.get(inOrder.size() - 1));
            try {
                all.change(
                        () -> isLast && part.isModel() ? () -> {} : comingBack(part),
                        () -> part.load(checkNotNull(saved.parts.get(name))));
            } catch (IllegalArgumentException e) {
                throw unfit(name, file, e);
            }
        }
    }

    private static Runnable comingBack(Part part) {
        Map<String, ?> before = Part.copy(part.state());
        return () -> part.load(before);
    }

    private static IllegalArgumentException unfit(String part, Path file, IllegalArgumentException e) {
        return new IllegalArgumentException("Checkpoint: part '" + part + "' of " + file + ": " + e.getMessage(), e);
    }

    /** What a file holds. */
    record Saved(
            ImmutableMap<String, ImmutableMap<String, Object>> parts,
            ImmutableMap<String, Object> defaultRng,
            ImmutableMap<String, Object> values) {

        Saved without(String name) {
            return new Saved(
                    ImmutableMap.copyOf(Maps.transformValues(
                            parts, state -> ImmutableMap.copyOf(Maps.filterKeys(state, key -> !key.equals(name))))),
                    defaultRng,
                    values);
        }
    }

    private static Saved read(Path file) {
        return Safetensors.read("Checkpoint", file, (channel, header) -> {
            if (!isCheckpoint(header)) {
                throw new BadFileException(
                        "a file written by Checkpoint",
                        "tensors " + header.entries().keySet());
            }
            return read(header.metadata(), Safetensors.tensors(channel, header)::get);
        });
    }

    static boolean isCheckpoint(SafetensorsHeader header) {
        return header.metadata().containsKey(KEY);
    }

    /** Reads what stands in the texts of a checkpoint. */
    static Saved read(Map<String, String> texts, StateText.Tensors tensors) throws IOException {
        String version = texts.get(KEY);
        if (!Long.toString(VERSION).equals(version)) {
            throw new BadFileException("a checkpoint of version " + VERSION, "version " + version);
        }
        ImmutableMap.Builder<String, ImmutableMap<String, Object>> parts = ImmutableMap.builder();
        for (Map.Entry<String, Object> each : state(PARTS, texts, tensors).entrySet()) {
            parts.put(each.getKey(), state(each.getKey(), each.getValue()));
        }
        return new Saved(
                parts.buildOrThrow(),
                state(DEFAULT_RNG, texts, tensors),
                state(VALUES, state(VALUES, texts, tensors).getOrDefault(VALUES, "nothing")));
    }

    private static ImmutableMap<String, Object> state(String key, Map<String, String> texts, StateText.Tensors tensors)
            throws IOException {
        String text = texts.get(key);
        if (text == null) {
            throw new BadFileException("a text '" + key + "' in the metadata", "only " + texts.keySet());
        }
        return StateText.read(text, tensors);
    }

    private static ImmutableMap<String, Object> state(String name, Object state) throws BadFileException {
        if (!(state instanceof ImmutableMap)) {
            throw new BadFileException("a JSON object as '" + name + "'", "something else");
        }
        return StateText.asState(state);
    }

    /** Returns the names of the parts. */
    @Override
    public String toString() {
        return "Checkpoint" + parts.keySet();
    }
}
