package org.ndgrad.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Collectors;

/** The page of a notebook for a web site: Markdown with the stored outputs, and the pictures as files beside it. */
final class Page {

    private final String name;
    private final Path folder;
    private final StringBuilder text = new StringBuilder();
    private int pictures;

    private Page(String name, Path folder) {
        this.name = name;
        this.folder = folder;
    }

    /**
     * Writes the page and its pictures.
     *
     * @param notebook the Jupyter form, with outputs
     * @param folder where {@code NAME.md} and {@code NAME-1.png} … come
     */
    static void write(String name, JsonNode notebook, Path folder) throws IOException {
        Files.createDirectories(folder);
        Page page = new Page(name, folder);
        for (JsonNode cell : notebook.get("cells")) {
            page.add(cell);
        }
        Files.writeString(folder.resolve(name + ".md"), page.text.toString().stripTrailing() + "\n");
    }

    private void add(JsonNode cell) throws IOException {
        String source = join(cell.get("source"));
        if (cell.get("cell_type").asText().equals("markdown")) {
            text.append(source).append("\n\n");
            return;
        }
        addBlock("java", source);
        for (JsonNode output : cell.get("outputs")) {
            addOutput(output);
        }
    }

    private void addOutput(JsonNode output) throws IOException {
        if (output.has("text")) {
            addBlock("text", join(output.get("text")));
            return;
        }
        JsonNode data = output.get("data");
        String plain = join(data.get("text/plain"));
        if (data.has("image/png")) {
            String file = "%s-%d.png".formatted(name, ++pictures);
            Files.write(
                    folder.resolve(file),
                    Base64.getDecoder().decode(data.get("image/png").asText()));
            text.append("![%s](%s)\n\n"
                    .formatted(
                            plain.lines()
                                    .findFirst()
                                    .orElse("")
                                    .replace("[", "")
                                    .replace("]", ""),
                            file));
        } else if (data.has("text/html")) {
            // an empty line would end the block in Markdown
            text.append(join(data.get("text/html"))
                            .lines()
                            .filter(line -> !line.isBlank())
                            .collect(Collectors.joining("\n")))
                    .append("\n\n");
        } else {
            addBlock("text", plain);
        }
    }

    private void addBlock(String language, String content) {
        text.append("```")
                .append(language)
                .append('\n')
                .append(content.stripTrailing())
                .append("\n```\n\n");
    }

    private static String join(JsonNode lines) {
        return lines.valueStream().map(JsonNode::asText).collect(Collectors.joining());
    }
}
