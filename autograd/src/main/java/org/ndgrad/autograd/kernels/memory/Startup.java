package org.ndgrad.autograd.kernels.memory;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;

/** What has to be set before ND4J starts, and once it has started. */
final class Startup {

    private Startup() {}

    static void run() {
        // Without a logging binding SLF4J 2 prints three lines; a library should be silent.
        setDefault("slf4j.internal.verbosity", "ERROR");
        // JavaCPP would read /proc at every allocation to learn the size of the process.
        if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
            setDefault("org.bytedeco.javacpp.maxphysicalbytes", "0");
        }
        // JavaCPP would print that OpenBLAS knows two callbacks more than its Java classes, which nobody uses.
        setDefault("org.bytedeco.javacpp.logger", "slf4j");
        boolean cpu = exists("org.nd4j.linalg.cpu.nativecpu.DirectShapeInfoProvider");
        if (cpu) {
            setDefault("shapeinfoprovider", CachedShapeInfo.class.getName());
        }
        announceUnpacking();
        if (cpu && !(Nd4j.getShapeInfoProvider() instanceof CachedShapeInfo)) {
            replaceProvider();
        }
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static boolean exists(String className) {
        try {
            Class.forName(className, false, Startup.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** The first start copies the native libraries out of their jars, which takes a while. */
    private static void announceUnpacking() {
        File cache;
        try {
            cache = Loader.getCacheDir();
        } catch (IOException e) {
            return; // JavaCPP will report it where it matters
        }
        String[] unpacked = cache.list((folder, name) -> name.startsWith("nd4j-native-"));
        if (unpacked == null || unpacked.length == 0) {
            System.err.println("ndgrad: unpacking ND4J's native libraries to " + cache + " (once, about 400 MB) …");
        }
    }

    /** A script may have used ND4J before it came to us; the property is too late then. */
    private static void replaceProvider() {
        try {
            Field provider = Nd4j.class.getDeclaredField("shapeInfoProvider");
            provider.setAccessible(true);
            provider.set(null, new CachedShapeInfo());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("ndgrad: expected ND4J 1.0.0-M2.1; got another version. Align the versions.", e);
        }
    }
}
