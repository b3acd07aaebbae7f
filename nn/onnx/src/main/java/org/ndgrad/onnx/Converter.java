package org.ndgrad.onnx;

/** Writes the nodes of one kind of operation. */
@FunctionalInterface
interface Converter {

    void convert(Conversion step);
}
