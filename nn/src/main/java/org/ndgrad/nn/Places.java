package org.ndgrad.nn;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ndgrad.autograd.Tensor;

/** Says of an error in which layer it occurred, and in which place of a model. */
final class Places {

    private static final String HERE = "layer ";
    private static final Pattern OPERATION = Pattern.compile("[a-z]\\w*(: expected )");

    private Places() {}

    /** Returns the error with the layer's place in front, {@code layer 2 (Linear): …}, joined to places inside it. */
    static RuntimeException inside(String name, Layer layer, RuntimeException error) {
        String message = String.valueOf(error.getMessage());
        String place = message.startsWith(HERE)
                ? HERE + name + '.' + message.substring(HERE.length())
                : HERE + name + " (" + Block.name(layer) + "): " + message;
        return with(place, error);
    }

    /** As {@link Block#hooked}; an operation that refuses its inputs says so in the name of the block. */
    static <R> R named(Block block, List<Tensor> inputs, Function<List<Tensor>, R> forward) {
        return block.hooked(inputs, given -> {
            try {
                return forward.apply(given);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw named(block, e);
            }
        });
    }

    /** Returns an operation's refusal, {@code pad: expected …}, as the block's; other errors as they are. */
    static RuntimeException named(Block block, RuntimeException error) {
        Matcher refusal = OPERATION.matcher(String.valueOf(error.getMessage()));
        return refusal.lookingAt()
                ? with(refusal.replaceFirst(Matcher.quoteReplacement(own(block)) + "$1"), error)
                : error;
    }

    private static String own(Block block) {
        String settings = block.settings();
        return Block.name(block) + (settings.isEmpty() ? "" : "(" + settings + ")");
    }

    private static RuntimeException with(String message, RuntimeException error) {
        if (error instanceof IllegalArgumentException) {
            return new IllegalArgumentException(message, error);
        }
        return error instanceof IndexOutOfBoundsException
                ? (IndexOutOfBoundsException) new IndexOutOfBoundsException(message).initCause(error)
                : new IllegalStateException(message, error);
    }
}
