package org.ndgrad.autograd.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.memory.Memory;
import org.ndgrad.autograd.kernels.memory.RawBytes;

class TensorBytesTest {

    private static byte[] bytes(Tensor x) throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        TensorBytes.write(x, Channels.newChannel(stream));
        return stream.toByteArray();
    }

    private static Tensor tensor(byte[] bytes, DataType dtype, long... shape) throws IOException {
        return TensorBytes.read(Channels.newChannel(new ByteArrayInputStream(bytes)), dtype, shape);
    }

    /** Few elements lie in a Java array, many in native memory, and more than a chunk goes in pieces. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16", "BYTE", "SHORT", "INT", "LONG", "UBYTE", "BOOL"})
    void whatIsWrittenIsReadBack(DataType dtype) throws IOException {
        Tensor many = Tensor.arange(100_001).remainder(101).to(dtype);
        for (Tensor x : new Tensor[] {
            many,
            many.slice(0, 1, 100_001, 2),
            many.slice(0, 3, 9).reshape(2, 3).t(),
            many.get(7),
            many.slice(0, 0, 0).reshape(0, 4),
            Tensor.of(Nd4j.createFromArray(1f, 2f, 3f)).to(dtype)
        }) {
            byte[] bytes = bytes(x);

            assertThat(bytes).hasSize((int) x.numel() * dtype.width());
            assertThat(tensor(bytes, dtype, x.shape()).toDoubleArray()).isEqualTo(x.toDoubleArray());
        }
    }

    @Test
    void theLeastByteComesFirst() throws IOException {
        assertThat(bytes(Tensor.of(0x01020304))).containsExactly(4, 3, 2, 1, 0, 0, 0, 0);
        assertThat(bytes(Tensor.of(1f))).containsExactly(0, 0, 0x80, 0x3f);
        assertThat(bytes(Tensor.of(Nd4j.createFromArray(1f)))).containsExactly(0, 0, 0x80, 0x3f);
    }

    @Test
    void everyByteButZeroIsTrue() throws IOException {
        assertThat(bytes(tensor(new byte[] {0, 1, 2, -1}, DataType.BOOL, 4))).containsExactly(0, 1, 1, 1);
    }

    @Test
    void tooFewBytesAreAnError() {
        assertThatThrownBy(() -> tensor(new byte[7], DataType.FLOAT, 2))
                .isInstanceOf(EOFException.class)
                .hasMessage("expected a tensor of 8 bytes; got 7.");
    }

    @Test
    void partsOfElementsAreRefused() {
        assertThatThrownBy(() -> RawBytes.get(Memory.allocate(DataType.FLOAT, 2), 1, ByteBuffer.allocate(8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bytes: expected whole elements of a row-major array of 2; got 8 bytes from element 1 on.");
    }
}
