package org.ndgrad.plot;

import com.google.common.base.Ascii;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes drawing work where the variable DISPLAY names an X server that is gone, as after a connection by SSH has ended:
 * AWT would fail to draw at all. To be called before the first AWT class is used. Where the variable is not set, AWT
 * draws without a display by itself.
 */
final class Headless {

    private static final String PROPERTY = "java.awt.headless";

    /** A host, or nothing for this machine, a number and perhaps a screen: {@code :0}, {@code localhost:10.0}. */
    private static final Pattern DISPLAY = Pattern.compile("(.*?)(?:/?unix)?:(\\d{1,5})(?:\\.\\d+)?");

    private static final Path SOCKETS = Path.of("/tmp/.X11-unix");
    private static final int FIRST_PORT = 6000;
    private static final int MILLISECONDS = 1000;

    private Headless() {}

    /** Sets {@code java.awt.headless} to true if it is unset and the display does not answer. */
    static void prepare() {
        String system = Ascii.toLowerCase(System.getProperty("os.name", ""));
        String display = System.getenv("DISPLAY");
        boolean isX11 = !system.contains("windows") && !system.contains("mac");
        if (isX11 && display != null && System.getProperty(PROPERTY) == null && !answers(display, SOCKETS)) {
            System.setProperty(PROPERTY, "true");
        }
    }

    /**
     * Returns whether an X server takes a connection.
     *
     * @param sockets the folder with the sockets of those of this machine
     */
    static boolean answers(String display, Path sockets) {
        Matcher parts = DISPLAY.matcher(display.strip());
        if (!parts.matches()) {
            return false;
        }
        String host = parts.group(1);
        int number = Integer.parseInt(parts.group(2));
        try {
            return host.isEmpty() ? connects(sockets.resolve("X" + number)) : connects(host, FIRST_PORT + number);
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static boolean connects(Path socket) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        }
    }

    private static boolean connects(String host, int port) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), MILLISECONDS);
            return true;
        }
    }
}
