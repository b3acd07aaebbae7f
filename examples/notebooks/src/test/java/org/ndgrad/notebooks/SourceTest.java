package org.ndgrad.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {

    @Test
    void cellsAreTheBlocksOfJavaAndTheTextBetween() {
        Source source = Source.parse("a", """
                # Title

                Text
                ```python
                x = 1
                ```

                ```java

                int x = 1;

                x
                ```
                ```java
                x + 1
                ```

                End.
                """);

        assertThat(source.title()).isEqualTo("Title");
        assertThat(source.cells())
                .containsExactly(
                        new Source.Cell(false, "# Title\n\nText\n```python\nx = 1\n```", 1),
                        new Source.Cell(true, "int x = 1;\n\nx", 10),
                        new Source.Cell(true, "x + 1", 15),
                        new Source.Cell(false, "End.", 18));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                 | a.md:1: expected a title, # TITLE; got an empty file. Begin with it.
                    Text                               | a.md:1: expected a title, # TITLE; got Text. Begin with it.
                    # T\\n\\n```java\\nx               | a.md:3: expected a fence ``` after this one; got the end. Add it.
                    # T\\n```python\\nx                | a.md:2: expected a fence ``` after this one; got the end. Add it.
                    # T\\n```java\\n\\n```             | a.md:2: expected Java in this cell; got none. Remove it.
                    """)
    void whatIsWrongIsSaidWithItsLine(String markdown, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Source.parse("a", markdown.replace("\\n", "\n")))
                .withMessage(message);
    }
}
