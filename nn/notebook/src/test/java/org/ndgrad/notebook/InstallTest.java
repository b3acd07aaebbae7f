package org.ndgrad.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallTest {

    @TempDir
    Path folder;

    @Test
    void dataFolderIsThatOfTheSystem() {
        assertThat(Install.dataFolder(Map.of(), "Linux", "/home/u")).isEqualTo(Path.of("/home/u/.local/share/jupyter"));
        assertThat(Install.dataFolder(Map.of("XDG_DATA_HOME", "/d"), "Linux", "/home/u"))
                .isEqualTo(Path.of("/d/jupyter"));
        assertThat(Install.dataFolder(Map.of(), "Mac OS X", "/Users/u")).isEqualTo(Path.of("/Users/u/Library/Jupyter"));
        assertThat(Install.dataFolder(Map.of("APPDATA", "/A"), "Windows 11", "/U"))
                .isEqualTo(Path.of("/A/jupyter"));
        assertThat(Install.dataFolder(Map.of(), "Windows 11", "/U")).isEqualTo(Path.of("/U/.jupyter/data"));
        assertThat(Install.dataFolder(Map.of("JUPYTER_DATA_DIR", "/j", "APPDATA", "/A"), "Windows 11", "/U"))
                .isEqualTo(Path.of("/j"));
    }

    @Test
    void specificationStartsOurKernel() throws IOException {
        String classPath = "C:\\a b\\examples.jar";
        Install.install(folder.resolve("kernels/ndgrad"), classPath);

        List<String> command = new ArrayList<>();
        try (JsonParser json = new JsonFactory()
                .createParser(folder.resolve("kernels/ndgrad/kernel.json").toFile())) {
            for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    command.add(json.getText());
                }
            }
        }
        assertThat(Path.of(command.get(0))).isExecutable();
        assertThat(command)
                .contains("-XX:+IgnoreUnrecognizedVMOptions")
                .endsWith("-cp", classPath, "org.ndgrad.notebook.Kernel", "{connection_file}");
        assertThat(folder.resolve("kernels/ndgrad/imports.jsh")).content().contains("import org.ndgrad.autograd.*;");
    }

    @Test
    void missingJarAndFolderAreNamed() throws IOException {
        Path missing = folder.resolve("no.jar");
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> Install.main(new String[] {missing.toString()}))
                .hasMessageStartingWith("jupyter-install: expected the kernel's jar; got no file " + missing);
        assertThatThrownBy(() -> Install.install(file.resolve("ndgrad"), ""))
                .hasMessageStartingWith("jupyter-install: expected a folder that can be written to; got ");
    }
}
