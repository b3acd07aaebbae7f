package org.ndgrad.nn.io;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads Python's pickle format as far as plain values and what its host knows need it. Nothing is executed: a name from
 * a closed list, called with arguments, becomes a value that the host makes; any other is refused. Results are Long,
 * Double, Boolean, String, null, List, Map with keys in order, and what the host makes.
 *
 * <p>Source: Python's module pickletools, protocols 2 to 5.
 */
final class Pickle {

    /** What the surroundings of a pickle know. */
    interface Host {

        /** Returns the value of a name, or refuses it. */
        Object global(String module, String name) throws IOException;

        /** Returns what a known name makes of arguments, or refuses it. */
        Object call(Object callable, List<@Nullable Object> arguments) throws IOException;

        /** Returns what lies outside the pickle under an identification. */
        Object persistent(@Nullable Object id) throws IOException;
    }

    /** Stands for None, which a deque cannot hold. */
    private static final Object NONE = new Object();

    /** Stands below arguments on the stack. */
    private static final Object MARK = new Object();

    /** Lists within lists within …, which whoever looks at the result follows by calls. */
    private static final int DEEPEST = 100;

    /** As many values as no real file has beside its tensors. */
    private static final long MOST = 1 << 22;

    /** As many as no real file refers to again; texts are among them, such as those of a vocabulary. */
    private static final int MOST_REMEMBERED = 1 << 19;

    private final ByteBuffer bytes;
    private final Host host;
    private final Deque<Object> stack = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private long made;

    private Pickle(ByteBuffer bytes, Host host) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
        this.host = host;
    }

    /**
     * Returns the value that the bytes describe.
     *
     * @throws BadFileException if they are no pickle, or one that does more than this class knows
     */
    static @Nullable Object read(ByteBuffer bytes, Host host) throws IOException {
        try {
            return new Pickle(bytes, host).run();
        } catch (BufferUnderflowException e) {
            throw new BadFileException("a whole pickle", "one that ends early", e);
        }
    }

    private @Nullable Object run() throws IOException {
        while (true) {
            int position = bytes.position();
            int opcode = bytes.get() & 0xff;
            if (opcode == '.') {
                Object result = plain(pop());
                count(result, new IdentityHashMap<>(), 0);
                return frozen(result, new IdentityHashMap<>());
            }
            step(opcode, position);
        }
    }

    private void step(int opcode, int position) throws IOException {
        switch (opcode) {
            case 0x80 -> bytes.get(); // the protocol; what differs shows in opcodes
            case 0x95 -> bytes.getLong(); // a frame begins
            case 'N' -> push(null);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'K' -> push((long) (bytes.get() & 0xff));
            case 'M' -> push((long) (bytes.getShort() & 0xffff));
            case 'J' -> push((long) bytes.getInt());
            case 0x8a -> push(whole(bytes.get() & 0xff));
            case 'G' -> push(bytes.order(ByteOrder.BIG_ENDIAN).getDouble());
            case 'X' -> push(text(Integer.toUnsignedLong(bytes.getInt())));
            case 0x8c -> push(text(bytes.get() & 0xff));
            case 0x8d -> push(text(bytes.getLong()));
            case '(' -> push(MARK);
            case ')' -> push(List.of());
            case 't' -> push(Collections.unmodifiableList(popToMark()));
            case 0x85 -> push(tuple(1));
            case 0x86 -> push(tuple(2));
            case 0x87 -> push(tuple(3));
            case ']' -> push(new ArrayList<>());
            case '}' -> push(new LinkedHashMap<>());
            case 'a' -> append(tuple(1));
            case 'e' -> append(popToMark());
            case 's' -> setItems(tuple(2));
            case 'u' -> setItems(popToMark());
            case 'q' -> remember(bytes.get() & 0xff);
            case 'r' -> remember(bytes.getInt());
            case 0x94 -> remember(memo.size());
            case 'h' -> push(known(bytes.get() & 0xff));
            case 'j' -> push(known(bytes.getInt()));
            case 'c' -> push(host.global(line(), line()));
            case 0x93 -> stackGlobal();
            case 'R' -> reduce();
            case 'b' -> build();
            case 'Q' -> push(host.persistent(plain(pop())));
            default ->
                throw new BadFileException(
                        "a pickle of plain values and tensors",
                        "the instruction 0x%02x at byte %d".formatted(opcode, position));
        }
        bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    private void push(@Nullable Object value) throws BadFileException {
        if (++made > MOST) {
            throw new BadFileException("a pickle of at most " + MOST + " values", "more");
        }
        stack.push(value == null ? NONE : value);
    }

    private void remember(int index) throws BadFileException {
        memo.put(index, top());
        if (memo.size() > MOST_REMEMBERED) {
            throw new BadFileException("a pickle that refers to at most " + MOST_REMEMBERED + " values", "more");
        }
    }

    private Object pop() throws BadFileException {
        Object top = top();
        stack.pop();
        return top;
    }

    private Object top() throws BadFileException {
        Object top = stack.peek();
        if (top == null || top == MARK) {
            throw new BadFileException("a pickle", "instructions for a value that is not there");
        }
        return top;
    }

    private static @Nullable Object plain(Object value) {
        return value == NONE ? null : value;
    }

    private List<@Nullable Object> tuple(int count) throws BadFileException {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(plain(pop()));
        }
        Collections.reverse(values);
        return Collections.unmodifiableList(values);
    }

    private List<@Nullable Object> popToMark() throws BadFileException {
        List<@Nullable Object> values = new ArrayList<>();
        while (!stack.isEmpty() && stack.peek() != MARK) {
            values.add(plain(stack.pop()));
        }
        if (stack.isEmpty()) {
            throw new BadFileException("a pickle", "instructions for a list that did not begin");
        }
        stack.pop();
        Collections.reverse(values);
        return values;
    }

    private Object known(int index) throws BadFileException {
        Object value = memo.get(index);
        if (value == null) {
            throw new BadFileException("a pickle", "a reference to value " + index + ", which did not come before");
        }
        return value;
    }

    @SuppressWarnings("unchecked") // every ArrayList on the stack is one
    private void append(List<@Nullable Object> values) throws BadFileException {
        if (!(top() instanceof ArrayList<?> list)) {
            throw new BadFileException("a list to append to", name(top()));
        }
        ((List<@Nullable Object>) list).addAll(values);
    }

    @SuppressWarnings("unchecked") // every map on the stack is one
    private void setItems(List<@Nullable Object> values) throws BadFileException {
        if (!(top() instanceof Map<?, ?> map) || values.size() % 2 != 0) {
            throw new BadFileException("a dict and pairs for it", name(top()));
        }
        for (int i = 0; i < values.size(); i += 2) {
            Object key = values.get(i);
            if (!(key instanceof String) && !(key instanceof Long)) {
                throw new BadFileException("keys that are texts or whole numbers", name(key));
            }
            ((Map<Object, @Nullable Object>) map).put(key, values.get(i + 1));
        }
    }

    private void stackGlobal() throws IOException {
        List<@Nullable Object> names = tuple(2);
        if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
            throw new BadFileException("a name of a class", "other values");
        }
        push(host.global(module, name));
    }

    @SuppressWarnings("unchecked") // lists on the stack have plain values
    private void reduce() throws IOException {
        Object arguments = pop();
        Object callable = pop();
        if (!(arguments instanceof List<?> list)) {
            throw new BadFileException("arguments of a call", name(arguments));
        }
        push(host.call(callable, (List<@Nullable Object>) list));
    }

    /** Gives attributes to an object: an OrderedDict of PyTorch has some, which say nothing of its values. */
    private void build() throws BadFileException {
        pop();
        if (!(top() instanceof Map)) {
            throw new BadFileException("attributes of a dict", "some of " + name(top()));
        }
    }

    private long whole(int length) throws BadFileException {
        if (length > Long.BYTES) {
            throw new BadFileException("whole numbers of 64 bits", "one of " + 8 * length);
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (bytes.get() & 0xffL) << (8 * i);
        }
        int unused = Long.SIZE - 8 * length;
        return length == 0 ? 0 : value << unused >> unused;
    }

    private String text(long length) throws BadFileException {
        if (length < 0 || length > bytes.remaining()) {
            throw new BadFileException(
                    "a text within the pickle", "one of " + Long.toUnsignedString(length) + " bytes");
        }
        ByteBuffer text = bytes.slice().limit((int) length);
        bytes.position(bytes.position() + (int) length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException e) {
            throw new BadFileException("texts in UTF-8", "other bytes", e);
        }
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        for (char c = (char) (bytes.get() & 0xff); c != '\n'; c = (char) (bytes.get() & 0xff)) {
            line.append(c);
        }
        return line.toString();
    }

    /**
     * Returns how many values whoever follows a value meets, shared ones as often as they are met. Refuses what holds
     * itself, and what takes too long to follow.
     *
     * @param known of values met before; one that is open holds itself
     */
    private static long count(@Nullable Object value, IdentityHashMap<Object, Long> known, int depth)
            throws BadFileException {
        Collection<?> inner =
                value instanceof Map<?, ?> map ? map.values() : value instanceof List<?> list ? list : List.of();
        if (value == null || inner.isEmpty()) {
            return 1;
        }
        Long before = known.putIfAbsent(value, Long.MAX_VALUE);
        if (before != null && before <= MOST) {
            return before;
        }
        long count = 1;
        for (Object each : before == null && depth < DEEPEST ? inner : List.of()) {
            count += count(each, known, depth + 1);
        }
        if (before != null || depth == DEEPEST || count > MOST) {
            throw new BadFileException(
                    "at most %s values, at most %s deep".formatted(MOST, DEEPEST), "more, or one that holds itself");
        }
        known.put(value, count);
        return count;
    }

    /** Returns a value that cannot be changed, shared ones once. */
    private static @Nullable Object frozen(@Nullable Object value, IdentityHashMap<Object, Object> known) {
        if (!(value instanceof Map) && !(value instanceof List)) {
            return value;
        }
        Object before = known.get(value);
        if (before != null) {
            return before;
        }
        Object frozen;
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, each) -> copy.put(key, frozen(each, known)));
            frozen = Collections.unmodifiableMap(copy);
        } else {
            List<@Nullable Object> copy = new ArrayList<>();
            ((List<?>) value).forEach(each -> copy.add(frozen(each, known)));
            frozen = Collections.unmodifiableList(copy);
        }
        known.put(value, frozen);
        return frozen;
    }

    private static String name(@Nullable Object value) {
        return value == null || value == NONE ? "None" : "a " + value.getClass().getSimpleName();
    }
}
