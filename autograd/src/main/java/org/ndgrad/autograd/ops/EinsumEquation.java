package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multiset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;

/**
 * What an equation of einsum says about these operands. The label of a letter is its character; dims under an ellipsis
 * are −1 for the last one, −2 for the one before, and so on, so that they are aligned as broadcasting does.
 *
 * @param terms per operand the labels of its dims
 * @param output the labels of the result's dims
 */
record EinsumEquation(ImmutableList<ImmutableList<Integer>> terms, ImmutableList<Integer> output) {

    private static final String ELLIPSIS = "...";
    private static final CharMatcher LETTERS = CharMatcher.inRange('a', 'z').or(CharMatcher.inRange('A', 'Z'));

    static EinsumEquation of(String equation, Tensor... operands) {
        String text = CharMatcher.is(' ').removeFrom(equation);
        int arrow = text.indexOf("->");
        List<String> parts = Splitter.on(',').splitToList(arrow < 0 ? text : text.substring(0, arrow));
        checkArgument(
                operands.length == parts.size(),
                "einsum: expected as many operands as '%s' has terms, %s; got %s. Separate the terms by commas.",
                equation,
                parts.size(),
                operands.length);
        ImmutableList.Builder<ImmutableList<Integer>> terms = ImmutableList.builder();
        Map<Integer, Long> sizes = new HashMap<>();
        for (int i = 0; i < operands.length; i++) {
            ImmutableList<Integer> labels = term(equation, parts.get(i), operands[i]);
            checkSizes(equation, labels, operands[i], sizes);
            terms.add(labels);
        }
        ImmutableList<ImmutableList<Integer>> all = terms.build();
        return new EinsumEquation(
                all, arrow < 0 ? implicitOutput(all) : output(equation, text.substring(arrow + 2), sizes));
    }

    private static ImmutableList<Integer> term(String equation, String part, Tensor operand) {
        int letters = LETTERS.countIn(part);
        boolean ellipsis = part.contains(ELLIPSIS);
        int covered = operand.ndim() - letters;
        checkArgument(
                ellipsis ? covered >= 0 : covered == 0,
                "einsum: expected a letter for each dim of %s in '%s' of '%s'; got %s. Write '...' for further dims.",
                Shapes.format(operand.shape()),
                part,
                equation,
                letters);
        return labels(equation, part, covered);
    }

    private static ImmutableList<Integer> labels(String equation, String part, int covered) {
        ImmutableList.Builder<Integer> labels = ImmutableList.builder();
        int ellipsis = part.indexOf(ELLIPSIS);
        for (int i = 0; i < part.length(); i++) {
            if (i == ellipsis) {
                for (int label = -covered; label < 0; label++) {
                    labels.add(label);
                }
                i += ELLIPSIS.length() - 1;
            } else {
                checkArgument(
                        LETTERS.matches(part.charAt(i)),
                        "einsum: expected letters, commas, '->' and an ellipsis per term; got '%s' in '%s'. Remove it.",
                        part.charAt(i),
                        equation);
                labels.add((int) part.charAt(i));
            }
        }
        return labels.build();
    }

    private static void checkSizes(
            String equation, ImmutableList<Integer> labels, Tensor operand, Map<Integer, Long> sizes) {
        for (int d = 0; d < labels.size(); d++) {
            long size = operand.size(d);
            long known = sizes.getOrDefault(labels.get(d), 1L);
            checkArgument(
                    size == known || size == 1 || known == 1,
                    "einsum: expected equal sizes, or 1, for %s in '%s'; got %s and %s. Check the order of the dims.",
                    labels.get(d) < 0
                            ? "a dim under '...'"
                            : "'" + (char) labels.get(d).intValue() + "'",
                    equation,
                    known,
                    size);
            sizes.put(labels.get(d), known == 1 ? size : known);
        }
    }

    /** The dims under an ellipsis, then the letters that occur once; both are in order, as the former are negative. */
    private static ImmutableList<Integer> implicitOutput(ImmutableList<ImmutableList<Integer>> terms) {
        Multiset<Integer> counts = HashMultiset.create();
        terms.forEach(counts::addAll);
        return counts.elementSet().stream()
                .filter(label -> label < 0 || counts.count(label) == 1)
                .sorted()
                .collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<Integer> output(String equation, String part, Map<Integer, Long> sizes) {
        int covered = (int) sizes.keySet().stream().filter(label -> label < 0).count();
        ImmutableList<Integer> labels = labels(equation, part, covered);
        for (int label : labels) {
            checkArgument(
                    sizes.containsKey(label),
                    "einsum: expected letters of the operands in the result of '%s'; got '%s'. Remove it.",
                    equation,
                    (char) label);
        }
        checkArgument(
                ImmutableSet.copyOf(labels).size() == labels.size(),
                "einsum: expected each letter once in the result; got '%s'. Sum over the others.",
                equation);
        return labels;
    }

    /** Returns the labels that the result or an operand behind this one has. */
    ImmutableSet<Integer> neededAfter(int operand) {
        ImmutableSet.Builder<Integer> needed = ImmutableSet.<Integer>builder().addAll(output);
        terms.subList(operand + 1, terms.size()).forEach(needed::addAll);
        return needed.build();
    }
}
