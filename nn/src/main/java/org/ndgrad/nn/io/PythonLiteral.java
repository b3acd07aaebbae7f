package org.ndgrad.nn.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a dict as Python prints it, as far as headers of NPY files need it: keys are texts, values texts, True, False,
 * whole numbers, and tuples and lists of these.
 */
final class PythonLiteral {

    /** Fields of an array's elements have types with fields, of which no reader here wants to know. */
    private static final int DEEPEST = 8;

    private final String text;
    private int at;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /** Returns texts, {@code Boolean}, {@code Long}, and lists of these by key. */
    static Map<String, Object> dict(String text) throws BadFileException {
        PythonLiteral literal = new PythonLiteral(text);
        Map<String, Object> dict = literal.dict();
        literal.skipSpace();
        if (literal.at < text.length()) {
            throw literal.bad("nothing after the dict");
        }
        return dict;
    }

    private Map<String, Object> dict() throws BadFileException {
        Map<String, Object> dict = new LinkedHashMap<>();
        expect('{');
        while (!take('}')) {
            String key = text();
            expect(':');
            if (dict.put(key, value(0)) != null) {
                throw bad("keys that differ");
            }
            if (!take(',')) {
                expect('}');
                break;
            }
        }
        return dict;
    }

    private Object value(int depth) throws BadFileException {
        if (depth > DEEPEST) {
            throw bad("values at most " + DEEPEST + " deep");
        }
        char first = peek();
        if (first == '\'' || first == '"') {
            return text();
        }
        if (first == '(' || first == '[') {
            at++;
            return list(first == '(' ? ')' : ']', depth);
        }
        int begin = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        String word = text.substring(begin, at);
        return switch (word) {
            case "True" -> true;
            case "False" -> false;
            default -> number(word);
        };
    }

    /** Reads a whole number, also one that Python 2 wrote, as 3L. */
    private Long number(String word) throws BadFileException {
        try {
            return Long.parseLong(word.endsWith("L") ? word.substring(0, word.length() - 1) : word);
        } catch (NumberFormatException e) {
            throw bad("True, False, a text, or a whole number below 2^63 instead of '" + word + "'");
        }
    }

    /** Reads what is left of a tuple or list; one value in parentheses without a comma is that value. */
    private Object list(char end, int depth) throws BadFileException {
        List<Object> values = new ArrayList<>();
        boolean isOne = end == ')';
        while (!take(end)) {
            values.add(value(depth + 1));
            if (take(',')) {
                isOne = false;
            } else {
                expect(end);
                return isOne ? values.get(0) : values;
            }
        }
        return values;
    }

    private String text() throws BadFileException {
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw bad("a text in quotes");
        }
        int end = text.indexOf(quote, at + 1);
        if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
            throw bad("a text in quotes, without backslashes");
        }
        String inside = text.substring(at + 1, end);
        at = end + 1;
        return inside;
    }

    private void expect(char c) throws BadFileException {
        if (!take(c)) {
            throw bad("'" + c + "'");
        }
    }

    private boolean take(char c) {
        skipSpace();
        boolean isThere = at < text.length() && text.charAt(at) == c;
        at += isThere ? 1 : 0;
        return isThere;
    }

    private char peek() throws BadFileException {
        skipSpace();
        if (at == text.length()) {
            throw bad("more text");
        }
        return text.charAt(at);
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private BadFileException bad(String expected) {
        return new BadFileException(
                "a header that is a dict of Python, with " + expected + " at character " + at, text.trim());
    }
}
