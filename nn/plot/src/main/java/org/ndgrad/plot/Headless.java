package org.ndgrad.plot;

import java.util.Locale;

/** Makes drawing work on a machine without a display; to be called before the first AWT class is used. */
final class Headless {

    private static final String PROPERTY = "java.awt.headless";

    private Headless() {}

    /** Sets {@code java.awt.headless} to true if it is unset and there is no X display; does nothing elsewhere. */
    static void prepare() {
        if (System.getProperty(PROPERTY) == null && !hasDisplay()) {
            System.setProperty(PROPERTY, "true");
        }
    }

    private static boolean hasDisplay() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.contains("windows") || system.contains("mac")) {
            return true;
        }
        String display = System.getenv("DISPLAY");
        return display != null && !display.isBlank();
    }
}
