package org.ndgrad.autograd.kernels.memory;

import com.google.common.collect.ImmutableList;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

/** Makes the garbage collector run, even where {@code System.gc()} does nothing: -XX:+DisableExplicitGC is common. */
final class GarbageCollection {

    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";
    private static final int CHUNK = 1 << 16; // of any collector's young generation

    /** What makes it run. The first two look at all objects; making garbage, with most collectors, at new ones only. */
    private static final List<Runnable> WAYS =
            ImmutableList.of(System::gc, GarbageCollection::command, GarbageCollection::allocate);

    private static volatile byte[] garbage = {}; // where the JIT cannot do without it

    private GarbageCollection() {}

    /** Runs the collector to its end; returns whether it found what is unreachable. */
    static boolean run() {
        WeakReference<Object> witness = new WeakReference<>(new Object());
        for (Runnable way : WAYS) {
            way.run();
            if (witness.refersTo(null)) {
                return true;
            }
        }
        return false;
    }

    /** Runs it as {@code jcmd GC.run} does, which most collectors obey whatever the flags. */
    private static void command() {
        try {
            ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName(COMMANDS), "gcRun", null, null);
        } catch (JMException e) {
            return; // not a JVM that has commands: the next way is tried
        }
    }

    /** Makes garbage until there is no room for more: twice the heap at most. */
    private static void allocate() {
        WeakReference<Object> witness = new WeakReference<>(new Object());
        long most = 2 * Runtime.getRuntime().maxMemory();
        for (long made = 0; made < most && !witness.refersTo(null); made += garbage.length) {
            garbage = new byte[CHUNK];
        }
    }
}
