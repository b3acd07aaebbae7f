package org.ndgrad.autograd;

import java.util.Locale;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * How much native memory tensors take. Tensors of up to 16 KiB are objects of the Java heap and not counted, nor are
 * arrays that came from ND4J or that {@link Tensor#data} handed out.
 *
 * @param inUse bytes of tensors that are, or may still be, reachable
 * @param idle bytes that came back and are kept for new tensors
 */
public record MemoryReport(long inUse, long idle) {

    private static final double MEBIBYTE = 1 << 20;

    /** Returns the report of this moment, for all threads together. */
    public static MemoryReport now() {
        return new MemoryReport(Memory.bytesInUse(), Memory.bytesIdle());
    }

    /** Returns the report in words, such as {@code 12.3 MiB in use, 4.0 MiB idle}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f MiB in use, %.1f MiB idle", inUse / MEBIBYTE, idle / MEBIBYTE);
    }
}
