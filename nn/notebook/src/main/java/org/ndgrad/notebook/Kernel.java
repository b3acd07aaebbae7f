package org.ndgrad.notebook;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jdk.jshell.EvalException;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.channels.Channels;
import org.rapaio.jupyter.kernel.channels.LoopThread;
import org.rapaio.jupyter.kernel.core.ConnectionProperties;
import org.rapaio.jupyter.kernel.core.Transform;
import org.rapaio.jupyter.kernel.core.format.ErrorFormatter;
import org.rapaio.jupyter.kernel.core.format.ErrorFormatters;
import org.rapaio.jupyter.kernel.core.java.JavaEngine;
import org.rapaio.jupyter.kernel.core.java.RapaioExecutionControlProvider;

/** The Java kernel of Jupyter, with displays for tensors and short errors. {@link Install} tells Jupyter of it. */
public final class Kernel {

    private Kernel() {}

    /**
     * Runs until Jupyter ends it.
     *
     * @param args the connection file, which Jupyter writes
     * @throws IOException if it cannot be read
     * @throws GeneralSecurityException if its key is none
     */
    public static void main(String[] args) throws IOException, GeneralSecurityException {
        if (args.length != 1) {
            throw new IllegalArgumentException(
                    "Kernel: expected the connection file that Jupyter writes; got %d arguments. Start it by Jupyter."
                            .formatted(args.length));
        }
        Logger.getLogger("").setLevel(Level.WARNING); // it logs each message
        shortenErrors();
        heedInterrupts();
        Displays.show();
        String connection = Files.readString(Path.of(args[0]));
        Channels channels = new Channels(Transform.fromJson(connection, ConnectionProperties.class));
        LoopThread.hold();
        channels.connect(MainApp.kernel);
        LoopThread.release();
        channels.joinUntilClose();
    }

    /** The kernel prints all frames of an exception, and has no setting for it. */
    private static void shortenErrors() {
        try {
            @SuppressWarnings("unchecked")
            Map<Class<?>, ErrorFormatter<?>> map = (Map<Class<?>, ErrorFormatter<?>>)
                    field(ErrorFormatters.class, "map").get(null);
            ErrorFormatter<EvalException> formatter =
                    (kernel, e) -> CellError.lines(e, kernel.javaEngine().getShell());
            map.put(EvalException.class, formatter);
        } catch (ReflectiveOperationException | ClassCastException e) {
            warn("errors stay long", e);
        }
    }

    /**
     * Lets the signal of Jupyter's interrupt button end the cell. The kernel's own handling of a message shuts down
     * what runs cells, and the next one waits for ever.
     */
    private static void heedInterrupts() {
        try {
            JavaEngine engine = MainApp.kernel.javaEngine();
            RapaioExecutionControlProvider provider = (RapaioExecutionControlProvider)
                    field(JavaEngine.class, "controlProvider").get(engine);
            String id = (String) field(JavaEngine.class, "executionId").get(engine);
            // By reflection, since javac warns of sun.misc and cannot be told not to.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object onSignal = Proxy.newProxyInstance(
                    Kernel.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        provider.getRegisteredControl(id).interrupt();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), onSignal);
        } catch (ReflectiveOperationException | ClassCastException e) {
            warn("the button Interrupt ends the kernel", e);
        }
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static void warn(String consequence, Exception e) {
        System.err.println("Kernel: expected rapaio-jupyter-kernel 3.0.1; got another version, with which "
                + consequence + " (" + e + "). Run jupyter-install again.");
    }
}
