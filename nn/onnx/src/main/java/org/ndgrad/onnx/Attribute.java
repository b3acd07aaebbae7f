package org.ndgrad.onnx;

/** A setting of a node: AttributeProto of {@code onnx.proto}. */
record Attribute(Message message) {

    private static final int NAME = 1;
    private static final int FLOAT = 2;
    private static final int INT = 3;
    private static final int STRING = 4;
    private static final int INTS = 8;
    private static final int STRINGS = 9;
    private static final int TYPE = 20;

    private static Message begun(String name, int type) {
        return new Message().text(NAME, name).number(TYPE, type);
    }

    static Attribute of(String name, double value) {
        return new Attribute(begun(name, 1).real(FLOAT, (float) value));
    }

    static Attribute of(String name, long value) {
        return new Attribute(begun(name, 2).number(INT, value));
    }

    static Attribute of(String name, int value) {
        return of(name, (long) value);
    }

    static Attribute of(String name, String value) {
        return new Attribute(begun(name, 3).text(STRING, value));
    }

    static Attribute of(String name, long[] values) {
        Message message = begun(name, 7);
        for (long value : values) {
            message.number(INTS, value);
        }
        return new Attribute(message);
    }

    static Attribute of(String name, Iterable<String> values) {
        return new Attribute(begun(name, 8).texts(STRINGS, values));
    }
}
