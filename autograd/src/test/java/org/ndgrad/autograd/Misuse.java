package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A misuse with the exception and the message that it deserves. */
public record Misuse(String name, Class<? extends Exception> type, String message, Runnable action) {

    public static Misuse misuse(String name, Class<? extends Exception> type, String message, Runnable action) {
        return new Misuse(name, type, message, action);
    }

    public void assertAnswer() {
        assertThatThrownBy(action::run).isExactlyInstanceOf(type).hasMessage(message);
    }

    @Override
    public String toString() {
        return name;
    }
}
