package org.ndgrad.notebooks;

import java.util.List;
import org.ndgrad.notebook.Install;

/** What brings the library in, at the top of every form: the imports of a session. */
final class Imports {

    private Imports() {}

    static List<String> lines() {
        return Install.imports().lines().toList();
    }

    /** Returns the imports as one line, which every shell and kernel for Java takes. */
    static String oneLine() {
        return String.join(" ", lines());
    }
}
