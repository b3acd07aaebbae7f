package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ndgrad.autograd.Tensor;

/**
 * What can be chosen about {@link Block#load(Map, LoadOptions)}.
 *
 * <pre>{@code
 * LoadResult left = model.load(
 *         Torch.loadStateDict(Path.of("pretrained.pt")),
 *         LoadOptions.defaults().withRename("encoder.*", "backbone.*").withPartial(true));
 * }</pre>
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param partial whether names may be missing or not known, which are then returned; shapes must fit all the same
 * @param sameDtypes whether types must be equal, instead of being converted
 * @param renames patterns of names in the state dict and what takes their places, the first that matches counting
 */
public record LoadOptions(boolean partial, boolean sameDtypes, ImmutableMap<String, String> renames) {

    private static final CharMatcher STAR = CharMatcher.is('*');

    /** Returns the options that {@link Block#load(Map)} has: all names, conversion of types, and no renaming. */
    public static LoadOptions defaults() {
        return new LoadOptions(false, false, ImmutableMap.of());
    }

    /** Returns these options with names allowed to be missing or not known, or not. */
    public LoadOptions withPartial(boolean partial) {
        return new LoadOptions(partial, sameDtypes, renames);
    }

    /** Returns these options with types required to be equal, or else converted. */
    public LoadOptions withSameDtypes(boolean sameDtypes) {
        return new LoadOptions(partial, sameDtypes, renames);
    }

    /**
     * Returns these options with a further pattern of names, which counts where none before matches.
     *
     * @param from a name in the state dict, in which {@code *} stands for any text: {@code encoder.*}
     * @param to what it is in the model, with the same text for each {@code *}: {@code backbone.*}
     * @throws IllegalArgumentException if the numbers of {@code *} differ, or there is such a pattern already
     */
    public LoadOptions withRename(String from, String to) {
        checkArgument(
                STAR.countIn(from) == STAR.countIn(to),
                "LoadOptions: expected as many * in the new name as in the old one; got '%s' and '%s'. Write such as"
                        + " withRename(\"encoder.*\", \"backbone.*\").",
                from,
                to);
        checkArgument(
                !renames.containsKey(from),
                "LoadOptions: expected patterns that differ; got '%s' twice. Leave one out.",
                from);
        return new LoadOptions(
                partial,
                sameDtypes,
                ImmutableMap.<String, String>builder()
                        .putAll(renames)
                        .put(from, to)
                        .buildOrThrow());
    }

    /** Returns a state dict under its new names; refuses patterns that match none, and names that become one. */
    Map<String, Tensor> renamed(String who, Map<String, Tensor> stateDict) {
        Map<String, Tensor> renamed = new LinkedHashMap<>();
        Map<String, String> unused = new LinkedHashMap<>(renames);
        stateDict.forEach((name, tensor) -> {
            String now = newName(name, unused);
            checkArgument(
                    !renamed.containsKey(now),
                    "%s: expected names that differ after renaming; got '%s' again, of '%s'. Choose another pattern.",
                    who,
                    now,
                    name);
            renamed.put(now, tensor);
        });
        checkArgument(
                unused.isEmpty(),
                "%s: expected patterns that match names of the state dict; got %s, which match none of %s. Leave them out,"
                        + " or correct them.",
                who,
                unused.keySet(),
                stateDict.keySet());
        return renamed;
    }

    private String newName(String name, Map<String, String> unused) {
        for (Map.Entry<String, String> each : renames.entrySet()) {
            List<String> texts = Splitter.on('*').splitToList(each.getKey());
            Matcher matcher = Pattern.compile(
                            texts.stream().map(Pattern::quote).collect(Collectors.joining("(.*)")), Pattern.DOTALL)
                    .matcher(name);
            if (matcher.matches()) {
                unused.remove(each.getKey());
                List<String> news = Splitter.on('*').splitToList(each.getValue());
                StringBuilder now = new StringBuilder(news.get(0));
                for (int i = 1; i < news.size(); i++) {
                    now.append(matcher.group(i)).append(news.get(i));
                }
                return now.toString();
            }
        }
        return name;
    }
}
