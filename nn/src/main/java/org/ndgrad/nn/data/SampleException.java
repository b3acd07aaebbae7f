package org.ndgrad.nn.data;

/** Says which sample could not be fetched, or does not fit the others. */
final class SampleException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    SampleException(String message) {
        super(message);
    }

    SampleException(String message, Throwable cause) {
        super(message, cause);
    }
}
