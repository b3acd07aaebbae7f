package org.ndgrad.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.TensorBytes;

/** Tensors and their types as {@code onnx.proto} has them. */
final class Proto {

    private Proto() {}

    /** Returns the number that TensorProto.DataType has for a type. */
    static int type(DataType dtype) {
        return switch (dtype) {
            case FLOAT -> 1;
            case UBYTE -> 2;
            case BYTE -> 3;
            case SHORT -> 5;
            case INT -> 6;
            case LONG -> 7;
            case BOOL -> 9;
            case HALF -> 10;
            case DOUBLE -> 11;
            case BFLOAT16 -> 16;
            default -> throw Refusal.of("expected a type that ONNX has; got %s. Convert it with to(…).", dtype);
        };
    }

    static byte[] bytes(Tensor tensor) {
        var bytes = new ByteArrayOutputStream(
                Math.toIntExact(tensor.numel() * tensor.dtype().width()));
        try {
            TensorBytes.write(tensor, Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** TensorProto. */
    static Message tensor(String name, int type, long[] shape, byte[] content) {
        Message tensor = new Message();
        for (long size : shape) {
            tensor.number(1, size);
        }
        return tensor.number(2, type).text(8, name).bytes(9, content);
    }

    /** ValueInfoProto: a name, a type and a shape, in which some sizes may be left open. */
    static Message value(String name, DataType dtype, List<Size> shape) {
        Message dims = new Message();
        for (Size size : shape) {
            dims.message(
                    1,
                    size.isFixed() ? new Message().number(1, size.offset()) : new Message().text(2, size.toString()));
        }
        Message tensor = new Message().number(1, type(dtype)).message(2, dims);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }
}
