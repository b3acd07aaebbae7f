package org.ndgrad.nn;

/** Says of an error in which layer of a model it occurred. */
final class Places {

    private static final String HERE = "layer ";

    private Places() {}

    /** Returns the error with the layer's place in front, {@code layer 2 (Linear): …}, joined to places inside it. */
    static RuntimeException inside(String name, Layer layer, RuntimeException error) {
        String message = String.valueOf(error.getMessage());
        String place = message.startsWith(HERE)
                ? HERE + name + '.' + message.substring(HERE.length())
                : HERE + name + " (" + Block.name(layer) + "): " + message;
        if (error instanceof IllegalArgumentException) {
            return new IllegalArgumentException(place, error);
        }
        return error instanceof IndexOutOfBoundsException
                ? (IndexOutOfBoundsException) new IndexOutOfBoundsException(place).initCause(error)
                : new IllegalStateException(place, error);
    }
}
