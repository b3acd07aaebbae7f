package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.kernels.Shapes;

/**
 * The operations that a computation calls, with their arguments and results: what one needs to write it down in another
 * language, such as ONNX.
 *
 * <pre>{@code
 * List<Trace.Call> calls = Trace.of(() -> model.forward(x), x);
 * }</pre>
 *
 * <p>The graph for gradients holds no constants and no settings, and nothing at all of what has no gradient; so this is
 * a record of its own. It is made of calls of methods of {@link Tensor} and of {@link Functions} in this thread. An
 * operation that calls others stands behind them: who does not know it, can go by those.
 */
public final class Trace {

    private static final ThreadLocal<@Nullable Trace> OF_THREAD = new ThreadLocal<>();

    /** How many threads trace. Without a lock to read: a thread sees what it wrote itself, others have no trace. */
    private static int open;

    private final List<Call> calls = new ArrayList<>();
    private final IdentityHashMap<Tensor, Integer> versions = new IdentityHashMap<>();

    private Trace() {}

    /**
     * One call of an operation.
     *
     * @param name of the method
     * @param arguments as the operation's family takes them, tensors among them
     * @param result a tensor, a list of tensors, or a record of tensors
     */
    public record Call(String name, List<@Nullable Object> arguments, Object result) {}

    /** Whether calls may have to be noted; in compiled code as good as free, so that every operation can ask. */
    public static boolean isOn() {
        return open > 0;
    }

    /** Notes a call if this thread is tracing; returns its result. */
    static <R> R noted(String name, R result, @Nullable Object[] arguments) {
        note(name, result, arguments);
        return result;
    }

    /**
     * Notes a call of something larger than an operation, such as a layer, behind those of which it is made, if this
     * thread is tracing; hooks of layers do so.
     */
    public static void note(String name, Object result, @Nullable Object... arguments) {
        Trace trace = isOn() ? OF_THREAD.get() : null;
        if (trace != null) {
            trace.add(new Call(name, Collections.unmodifiableList(Arrays.asList(arguments.clone())), result));
        }
    }

    /**
     * Runs a computation and returns what it called, in the order in which the calls were through.
     *
     * @param inputs what the computation begins with
     * @throws IllegalStateException if it changes tensors in place that it has used or computed before, or if this
     *     thread is tracing already
     */
    public static List<Call> of(Runnable computation, Tensor... inputs) {
        checkState(
                OF_THREAD.get() == null,
                "Trace.of: expected a thread that is not tracing; got one that is. Trace one computation after the"
                        + " other.");
        Trace trace = new Trace();
        Arrays.stream(inputs).forEach(trace::see);
        OF_THREAD.set(trace);
        count(1);
        try {
            computation.run();
        } finally {
            count(-1);
            OF_THREAD.remove();
        }
        trace.checkVersions();
        return ImmutableList.copyOf(trace.calls);
    }

    private static synchronized void count(int change) {
        open += change;
    }

    private void add(Call call) {
        call.arguments().forEach(argument -> tensors(argument).forEach(this::see));
        List<Tensor> results = tensors(call.result());
        results.forEach(this::see);
        if (results.stream().anyMatch(result -> !call.arguments().contains(result))) {
            calls.add(call); // one that returns what it got, does nothing
        }
    }

    /** Keeps the tensor as it is. */
    private void see(Tensor tensor) {
        if (versions.putIfAbsent(tensor, tensor.storage().version()) == null) {
            Custody.keep(tensor);
        }
    }

    private void checkVersions() {
        versions.forEach((tensor, version) -> checkState(
                tensor.storage().version() == version,
                "Trace.of: expected operations that return new tensors; got a tensor of shape %s that was used and then"
                        + " changed in place by '%s'. Use the operation without the underscore.",
                Shapes.format(tensor.shape()),
                tensor.storage().change().operation()));
    }

    /** Returns the tensors in an argument or a result: itself, or those in a collection, an array or a record. */
    public static List<Tensor> tensors(@Nullable Object value) {
        return named(value).values().asList();
    }

    /**
     * Returns the tensors in a value by where they are: {@code features}, {@code 0}, {@code inputs.mask}, or no name
     * for the value itself.
     *
     * @param value a tensor, or a record, collection, array, map or Optional of what holds tensors; what else there is
     *     has none
     */
    public static ImmutableMap<String, Tensor> named(@Nullable Object value) {
        ImmutableMap.Builder<String, Tensor> found = ImmutableMap.builder();
        collect("", value, found);
        return found.buildKeepingLast();
    }

    private static void collect(String path, @Nullable Object value, ImmutableMap.Builder<String, Tensor> found) {
        if (value instanceof Tensor tensor) {
            found.put(path, tensor);
        } else if (value instanceof Object[] all) {
            collect(path, Arrays.asList(all), found);
        } else if (value instanceof Collection<?> all) {
            int i = 0;
            for (@Nullable Object each : all) {
                collect(join(path, i++), each, found);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, part) -> collect(join(path, key), part, found));
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(part -> collect(path, part, found));
        } else if (value instanceof Record record) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                collect(join(path, component.getName()), part(record, component), found);
            }
        }
    }

    private static String join(String path, Object name) {
        return path.isEmpty() ? String.valueOf(name) : path + "." + name;
    }

    private static @Nullable Object part(Record record, RecordComponent component) {
        try {
            component.getAccessor().trySetAccessible();
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "Trace: expected a record that can be read; got %s. Open its package."
                            .formatted(record.getClass().getName()),
                    e);
        }
    }
}
