package org.ndgrad.notebooks;

import org.ndgrad.notebook.Rendering;

/** What a cell gives out. */
sealed interface Output {

    /** Lines that the cell printed. */
    record Printed(String text) implements Output {}

    /** What the cell let be seen, by {@code show} or as its value. */
    record Shown(Rendering rendering) implements Output {}
}
