package org.ndgrad.notebooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.ndgrad.notebook.Rendering;

/**
 * The Jupyter form of a notebook, nbformat 4.5. Keys are in the order of their names and the indent is 1, as Jupyter
 * writes them, so that a notebook that Jupyter has stored differs in nothing else.
 */
final class Ipynb {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Ipynb() {}

    /** Returns the notebook without outputs. */
    static ObjectNode of(Source source) {
        return of(
                source,
                source.codeCells().stream().map(cell -> List.<Output>of()).toList());
    }

    /**
     * Returns the notebook with outputs.
     *
     * @param outputs those of each cell with code of the source
     */
    static ObjectNode of(Source source, List<List<Output>> outputs) {
        ObjectNode notebook = JSON.createObjectNode();
        ArrayNode cells = notebook.putArray("cells");
        var next = outputs.iterator();
        boolean begun = false;
        for (Source.Cell cell : source.cells()) {
            if (cell.code() && !begun) {
                addCode(cells, Imports.oneLine(), List.of());
                begun = true;
            }
            if (cell.code()) {
                addCode(cells, cell.text(), next.next());
            } else {
                addText(cells, cell.text());
            }
        }
        ObjectNode metadata = notebook.putObject("metadata");
        metadata.putObject("kernelspec")
                .put("display_name", "Java (ndgrad)")
                .put("language", "java")
                .put("name", "ndgrad");
        metadata.putObject("language_info")
                .put("file_extension", ".jshell")
                .put("mimetype", "text/x-java-source")
                .put("name", "java");
        return notebook.put("nbformat", 4).put("nbformat_minor", 5);
    }

    /** Returns the text of a file. */
    static String toText(ObjectNode notebook) {
        var indenter = new DefaultIndenter(" ", "\n");
        var printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                        .withArrayEmptySeparator("")
                        .withObjectEmptySeparator(""))
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
        try {
            return JSON.writer(printer).writeValueAsString(notebook) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addText(ArrayNode cells, String text) {
        ObjectNode cell = cells.addObject().put("cell_type", "markdown").put("id", id(cells, text));
        cell.putObject("metadata");
        addLines(cell.putArray("source"), text);
    }

    private static void addCode(ArrayNode cells, String text, List<Output> outputs) {
        ObjectNode cell = cells.addObject().put("cell_type", "code");
        cell.putNull("execution_count");
        cell.put("id", id(cells, text)).putObject("metadata");
        ArrayNode given = cell.putArray("outputs");
        outputs.forEach(output -> addOutput(given, output));
        addLines(cell.putArray("source"), text);
    }

    /** Names a cell by what stands in it: it keeps its name when others come and go. */
    private static String id(ArrayNode cells, String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String id = HexFormat.of().toHexDigits((int) crc.getValue());
        long before = cells.valueStream()
                .filter(cell -> cell.path("id").asText().startsWith(id))
                .count();
        return before == 0 ? id : id + "-" + before;
    }

    private static void addOutput(ArrayNode outputs, Output output) {
        if (output instanceof Output.Printed printed) {
            ObjectNode stream = outputs.addObject().put("name", "stdout").put("output_type", "stream");
            addLines(stream.putArray("text"), printed.text());
        } else if (output instanceof Output.Shown shown) {
            Rendering rendering = shown.rendering();
            ObjectNode shownOutput = outputs.addObject();
            ObjectNode data = shownOutput.putObject("data");
            rendering
                    .png()
                    .ifPresent(png -> data.put("image/png", Base64.getEncoder().encodeToString(SmallPng.of(png))));
            rendering.html().ifPresent(html -> addLines(data.putArray("text/html"), html));
            addLines(data.putArray("text/plain"), rendering.text());
            shownOutput.putObject("metadata");
            shownOutput.put("output_type", "display_data");
        }
    }

    /** A text is a list of its lines, each with its end. */
    private static void addLines(ArrayNode lines, String text) {
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start) + 1;
            end = end == 0 ? text.length() : end;
            lines.add(text.substring(start, end));
            start = end;
        }
    }
}
