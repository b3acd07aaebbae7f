package org.ndgrad.notebooks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The source of a notebook: Markdown, whose fenced blocks of {@code java} are the cells with code.
 *
 * @param name its file's name, without {@code .md}
 * @param title its heading
 * @param cells what it consists of, neighbors of text only where code is between them
 */
record Source(String name, String title, List<Cell> cells) {

    private static final String FENCE = "```";
    private static final String CODE = FENCE + "java";

    /**
     * A cell.
     *
     * @param code whether it is Java; otherwise it is Markdown
     * @param text what stands in it, without empty lines at its ends
     * @param line where this begins in the file, counted from 1
     */
    record Cell(boolean code, String text, int line) {}

    static Source read(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.md$", "");
        try {
            return parse(name, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Source parse(String name, String markdown) {
        List<String> lines = markdown.lines().toList();
        if (lines.isEmpty() || !lines.get(0).startsWith("# ")) {
            throw new IllegalArgumentException("%s.md:1: expected a title, # TITLE; got %s. Begin with it."
                    .formatted(name, lines.isEmpty() ? "an empty file" : lines.get(0)));
        }
        Cells cells = new Cells(name);
        lines.forEach(cells::add);
        return new Source(name, lines.get(0).substring(2).strip(), cells.end());
    }

    /** Returns the sources in a folder, in the order of their names: its Markdown, except README.md. */
    static List<Source> all(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.endsWith("README.md"))
                    .sorted()
                    .map(Source::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Cell> codeCells() {
        return cells.stream().filter(Cell::code).toList();
    }

    /** The cells of the lines so far. */
    private static final class Cells {

        private final String name;
        private final List<Cell> cells = new ArrayList<>();

        /** The lines of the cell that has not ended yet, and where the first of them stands. */
        private final List<String> open = new ArrayList<>();

        private int start;
        private int line;

        /** The line of the fence that is open, or 0. */
        private int fence;

        private boolean code;

        Cells(String name) {
            this.name = name;
        }

        void add(String text) {
            line++;
            String stripped = text.strip();
            if (fence == 0 && stripped.equals(CODE)) {
                close();
                code = true;
                fence = line;
                return;
            }
            if (stripped.equals(FENCE) && code) {
                if (open.isEmpty()) {
                    throw new IllegalArgumentException(
                            "%s.md:%d: expected Java in this cell; got none. Remove it.".formatted(name, fence));
                }
                close();
                code = false;
                fence = 0;
                return;
            }
            if (stripped.startsWith(FENCE) && !code) {
                fence = fence == 0 ? line : 0;
            }
            if (open.isEmpty()) {
                start = line;
            }
            if (!open.isEmpty() || !stripped.isEmpty()) {
                open.add(text);
            }
        }

        List<Cell> end() {
            if (fence != 0) {
                throw new IllegalArgumentException(
                        "%s.md:%d: expected a fence ``` after this one; got the end. Add it.".formatted(name, fence));
            }
            close();
            return List.copyOf(cells);
        }

        private void close() {
            if (!open.isEmpty()) {
                cells.add(new Cell(code, String.join("\n", open).stripTrailing(), start));
            }
            open.clear();
        }
    }
}
