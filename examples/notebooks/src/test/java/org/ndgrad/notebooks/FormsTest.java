package org.ndgrad.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ndgrad.notebook.Rendering;

class FormsTest {

    private static final Source SOURCE = Source.parse("a", """
            # Title

            Text.

            ```java
            int x = 1;
            x // one
            ```

            ```java
            x++;
            ```
            """);

    @Test
    void theScriptSaysTheTextInCommentsAndShowsValues() {
        assertThat(Script.of(SOURCE)).isEqualTo("""
                // # Title
                //
                // Text.

                %s

                int x = 1;
                show(x // one
                );

                x++;

                /exit
                """.formatted(Imports.oneLine()));
    }

    /** JShell reads a script line by line. */
    @Test
    void theScriptHasDotsAtTheEndsOfLines() {
        Source source = Source.parse("a", "# T\n```java\nvar x = ones(2)\n    .neg()\n    .exp();\nx\n  .sum()\n```");

        assertThat(Script.of(source)).contains("""
                var x = ones(2).
                    neg().
                    exp();
                show(x.
                  sum());
                """);
    }

    @Test
    void theNotebookNamesItsCellsByWhatStandsInThem() {
        Source longer = Source.parse("a", "# Title\n\nText.\n```java\nx\n```\n```java\nx\n```\n```java\nx++;\n```");

        List<String> ids = Ipynb.of(SOURCE).findValuesAsText("id");
        List<String> longerIds = Ipynb.of(longer).findValuesAsText("id");

        assertThat(ids).doesNotHaveDuplicates().hasSize(4);
        assertThat(longerIds).doesNotHaveDuplicates().contains(ids.get(0), ids.get(1), ids.get(3));
        assertThat(longerIds.get(3)).isEqualTo(longerIds.get(2) + "-1");
    }

    @Test
    void thePageHasTheOutputsAndThePictures(@TempDir Path folder) throws IOException {
        byte[] png = SmallPngTest.png((x, y) -> x);
        var picture = new Output.Shown(new Rendering("Plot", Optional.empty(), Optional.of(png), Optional.empty()));
        var table = new Output.Shown(new Rendering("1", Optional.of("<p>1</p>"), Optional.empty(), Optional.empty()));
        List<List<Output>> outputs = List.of(List.of(new Output.Printed("one\ntwo\n"), picture), List.of(table));

        Page.write("a", Ipynb.of(SOURCE, outputs), folder);

        assertThat(folder.resolve("a.md")).content().isEqualTo("""
                # Title

                Text.

                ```java
                %s
                ```

                ```java
                int x = 1;
                x // one
                ```

                ```text
                one
                two
                ```

                ![Plot](a-1.png)

                ```java
                x++;
                ```

                <p>1</p>
                """.formatted(Imports.oneLine()));
        assertThat(folder.resolve("a-1.png")).hasBinaryContent(SmallPng.of(png));
    }
}
