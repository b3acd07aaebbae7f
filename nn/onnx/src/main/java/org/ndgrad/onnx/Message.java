package org.ndgrad.onnx;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A message of protocol buffers: fields by number, in the order in which they were added. */
final class Message {

    private interface Writer {
        void write(CodedOutputStream out) throws IOException;
    }

    private final List<Writer> fields = new ArrayList<>();
    private long size;

    /** Adds a whole number. */
    Message number(int field, long value) {
        return add(CodedOutputStream.computeInt64Size(field, value), out -> out.writeInt64(field, value));
    }

    /** Adds a number of type float. */
    Message real(int field, float value) {
        return add(CodedOutputStream.computeFloatSize(field, value), out -> out.writeFloat(field, value));
    }

    Message text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message texts(int field, Iterable<String> values) {
        values.forEach(value -> text(field, value));
        return this;
    }

    /** Adds bytes, which are not copied. */
    Message bytes(int field, byte[] value) {
        return add(CodedOutputStream.computeByteArraySize(field, value), out -> out.writeByteArray(field, value));
    }

    Message message(int field, Message value) {
        long head =
                CodedOutputStream.computeTagSize(field) + (long) CodedOutputStream.computeUInt64SizeNoTag(value.size);
        return add(head + value.size, out -> {
            out.writeTag(field, 2); // of known length
            out.writeUInt64NoTag(value.size);
            value.write(out);
        });
    }

    Message messages(int field, Iterable<Message> values) {
        values.forEach(value -> message(field, value));
        return this;
    }

    private Message add(long bytes, Writer writer) {
        size += bytes;
        fields.add(writer);
        return this;
    }

    /** Returns the number of bytes. */
    long size() {
        return size;
    }

    void write(CodedOutputStream out) throws IOException {
        for (Writer field : fields) {
            field.write(out);
        }
    }
}
