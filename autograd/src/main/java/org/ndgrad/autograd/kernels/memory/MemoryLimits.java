package org.ndgrad.autograd.kernels.memory;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * How much native memory there may be: what the machine has, or its container, and less if the properties say so by
 * which ND4J's users limit JavaCPP. JavaCPP itself does not count arrays.
 */
final class MemoryLimits {

    /** The memory of the machine, or of its container. More may be promised, but whoever writes to it is ended. */
    static final long MACHINE = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getTotalMemorySize();

    private static final long MEBIBYTE = 1L << 20;

    /** What a Java heap that has grown to its end leaves of it. */
    private static final long BESIDE_HEAP =
            Math.max(MACHINE - Runtime.getRuntime().maxMemory(), 0);

    /** How much may always pile up between two collections. */
    private static final long BUDGET = Math.max(32 * MEBIBYTE, Math.min(256 * MEBIBYTE, BESIDE_HEAP / 4));

    private static final String BYTES = "org.bytedeco.javacpp.maxbytes";
    private static final String RESIDENT_BYTES = "org.bytedeco.javacpp.maxphysicalbytes";
    private static final long STATED = stated(BYTES);
    private static final long STATED_RESIDENT = stated(RESIDENT_BYTES);
    private static final long MOST = STATED > 0 ? Math.min(STATED, MACHINE) : MACHINE;

    private MemoryLimits() {}

    private static long stated(String property) {
        String otherSpelling = property.replace("bytes", "Bytes").replace("physical", "Physical");
        String text = System.getProperty(property, System.getProperty(otherSpelling, ""));
        return text.isEmpty()
                ? 0
                : Pointer.parseBytes(text, Runtime.getRuntime().maxMemory());
    }

    /** Returns up to how many bytes may be in use before the next collection if so many were after the last. */
    static long beforeCollection(long inUse) {
        return Math.min(MOST, inUse + Math.max(BUDGET, Math.min(inUse, BESIDE_HEAP - inUse) / 2));
    }

    /**
     * Returns why there is no room for more, or null if there is.
     *
     * @param inUse how many bytes are in use, by arrays
     * @param more how many are asked for
     */
    static @Nullable String fault(long inUse, long more) {
        if (inUse + more > MOST) {
            return fault(inUse, more, MOST, STATED == MOST ? BYTES + " allows" : "the machine, or its container, has");
        }
        if (STATED_RESIDENT > 0 && Pointer.physicalBytes() + more > STATED_RESIDENT) {
            return fault(Pointer.physicalBytes(), more, STATED_RESIDENT, RESIDENT_BYTES + " allows, Java's included");
        }
        return null;
    }

    private static String fault(long inUse, long more, long most, String who) {
        return String.format(
                Locale.ROOT,
                "Native memory: %.1f MiB are in use and %.1f MiB asked for, of %.1f MiB that %s."
                        + " Use smaller batches, a MemoryScope, or allow more.",
                (double) inUse / MEBIBYTE,
                (double) more / MEBIBYTE,
                (double) most / MEBIBYTE,
                who);
    }
}
