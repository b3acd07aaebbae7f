package org.ndgrad.onnx;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.protobuf.CodedOutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.Evaluation;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.io.AtomicFile;

/**
 * Writes models as ONNX files, for onnxruntime and other programs.
 *
 * <pre>{@code
 * Sequential model = new Sequential(new Linear(4, 8), new Relu(), new Linear(8, 3));
 * Onnx.export(model, Tensor.randn(1, 4), Path.of("model.onnx"));
 * }</pre>
 *
 * <p>The model is run in evaluation mode with inputs like the examples; what it computes is written down, however its
 * {@code forward} is put together. It is run with three batches of different sizes and values, so that the file is for
 * batches of any size, and nothing that depends on the inputs is taken for a constant. Parameters keep their names. The
 * model stays as it is.
 *
 * <p>There are counterparts for layers and for methods of {@link Tensor}: linear maps and products of matrices, einsum;
 * convolutions, also transposed, and pooling; batch, layer, group, instance and RMS norms; activations, softmax,
 * dropout; embeddings and other reading by index; LSTM, GRU and plain recurrent layers of one length; attention and
 * transformers; arithmetic, comparisons, {@code where}; sums, means and other reductions; reshaping, permuting,
 * slicing, joining, splitting, padding, repeating. Anything else is refused by name, and so are values that are read in
 * the middle ({@code item()}) and operations called on a family of {@code org.ndgrad.autograd.ops} instead of a tensor.
 */
public final class Onnx {

    /** IR and operators of ONNX 1.15, which onnxruntime has read since 1.17. */
    static final int IR_VERSION = 9;

    static final int OPSET = 20;

    private Onnx() {}

    /**
     * Writes a model of one input and one output.
     *
     * @param example an input, of which dimension 0 counts samples
     * @throws IllegalArgumentException if something in it has no counterpart
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void export(Layer model, Tensor example, Path file) {
        export(model, example, file, OnnxOptions.defaults());
    }

    /** As {@link #export(Layer, Tensor, Path)}, with options. */
    public static void export(Layer model, Tensor example, Path file, OnnxOptions options) {
        export(model, inputs -> List.of(model.call(inputs.get(0))), List.of(example), file, options);
    }

    /**
     * Writes a model of any number of inputs and outputs.
     *
     * <pre>{@code
     * Onnx.export(lstm, in -> List.of(lstm.forward(in.get(0)).output()), List.of(x), file, options);
     * }</pre>
     *
     * @param model whose parameters and modes they are
     * @param forward from inputs to outputs by the model
     * @param examples the inputs
     * @throws IllegalArgumentException if something in it has no counterpart
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void export(
            Block model,
            Function<List<Tensor>, List<Tensor>> forward,
            List<Tensor> examples,
            Path file,
            OnnxOptions options) {
        Recording recording = Evaluation.of(model, () -> Recording.of(forward, examples, options));
        List<String> inputs =
                names("input", options.inputNames(), recording.inputs().size());
        List<String> outputs =
                names("output", options.outputNames(), recording.outputs().size());
        Graph graph = new Graph(recording.inputs(), inputs, outputs, parameters(model), options);
        Converters.convert(recording, graph);
        write(model(graph.finished(recording.outputs())), file);
    }

    private static List<String> names(String kind, List<String> given, int count) {
        checkArgument(
                given.isEmpty() || given.size() == count,
                "Onnx.export: expected a name for each %s; got %s for %s. Give as many, or none.",
                kind,
                given,
                count);
        return !given.isEmpty()
                ? given
                : count == 1
                        ? List.of(kind)
                        : IntStream.range(0, count)
                                .mapToObj(i -> kind + "_" + i)
                                .toList();
    }

    private static Map<Tensor, String> parameters(Block model) {
        Map<Tensor, String> names = new LinkedHashMap<>(); // tensors are equal to themselves only
        model.parameters().forEach((name, tensor) -> names.put(tensor, name));
        model.buffers().forEach((name, tensor) -> names.put(tensor, name));
        return names;
    }

    /** ModelProto of {@code onnx.proto}. */
    private static Message model(Message graph) {
        return new Message()
                .number(1, IR_VERSION)
                .text(2, "ndgrad")
                .message(7, graph)
                .message(8, new Message().text(1, "").number(2, OPSET));
    }

    private static void write(Message model, Path file) {
        if (model.size() > Integer.MAX_VALUE) {
            throw Refusal.of(
                    "expected a model of at most 2 GiB, the limit of the format; got %s bytes. Convert it to a smaller"
                            + " type.",
                    model.size());
        }
        AtomicFile.write("Onnx.export", file, channel -> {
            CodedOutputStream out = CodedOutputStream.newInstance(Channels.newOutputStream(channel));
            model.write(out);
            out.flush();
        });
    }
}
