package org.ndgrad.benchmarks;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** Zeros off the heap: the pointer is for BLAS, the buffer over the same memory for loops. */
record OffHeap(FloatPointer pointer, FloatBuffer buffer) {

    OffHeap(int count) {
        this(zeros(count));
    }

    private OffHeap(FloatPointer pointer) {
        this(pointer, pointer.asBuffer());
    }

    private static FloatPointer zeros(int count) {
        var pointer = new FloatPointer((long) count);
        pointer.zero();
        return pointer;
    }
}
