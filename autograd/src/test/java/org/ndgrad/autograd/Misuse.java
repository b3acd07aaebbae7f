package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A misuse with the exception and the message that it deserves. */
record Misuse(String name, Class<? extends Exception> type, String message, Runnable action) {

    static Misuse misuse(String name, Class<? extends Exception> type, String message, Runnable action) {
        return new Misuse(name, type, message, action);
    }

    void assertAnswer() {
        assertThatThrownBy(action::run).isExactlyInstanceOf(type).hasMessage(message);
    }

    @Override
    public String toString() {
        return name;
    }
}
