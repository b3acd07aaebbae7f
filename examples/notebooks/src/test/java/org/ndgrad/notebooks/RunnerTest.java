package org.ndgrad.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunnerTest {

    @Test
    void whatIsPrintedAndShownStandsInItsOrder() {
        Source source = Source.parse("a", """
                # T
                ```java
                int twice(int n) {
                    return 2 * n;
                }
                record Point(int x, int y) {}
                int a = 1;
                System.out.println("one");
                show(a);
                // a comment, and a text block
                System.out.println(\"""
                    two;
                    \""".strip());
                twice(a) // the value
                ```
                ```java
                a += 5; var p = new Point(a, 0);
                if (p.x() > 5) {
                    System.out.print("more");
                }
                ```
                ```java
                p
                ```
                """);

        Runner.Run run = Runner.run(source);

        assertThat(run.outputs().stream()
                        .map(outputs -> outputs.stream()
                                .map(output -> output instanceof Output.Printed printed
                                        ? printed.text().replace(System.lineSeparator(), "\n")
                                        : ((Output.Shown) output).rendering().text())
                                .toList()))
                .containsExactly(List.of("one\n", "1", "two;\n", "2"), List.of("more"), List.of("Point[x=6, y=0]"));
    }

    @Test
    void whatIsExpectedIsTakenDown() {
        Source source = Source.parse("a", """
                # T
                ```java
                expect("a.b", Tensor.of(1.0, 2.0), 1, 2);
                ```
                """);

        assertThat(Runner.run(source).expectations())
                .containsExactly(new Recording.Expectation("a.b", List.of(1.0, 2.0)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    int a = 1;\\nint b = true;               | a.md:4: incompatible types: boolean cannot be converted to int
                    int a = 1;\\nshow(1);\\nshow(1).x();     | a.md:5: void cannot be dereferenced
                    show(1);\\nint[] a = {};\\nshow(a[2]);   | a.md:5: java.lang.ArrayIndexOutOfBoundsException: Index 2 out of bounds for length 0
                    show(1);\\n\\nthrow new Error();         | a.md:5: java.lang.Error
                    void f() {\\n  g();\\n}\\n               | a.md:3: method g(): expected something that was declared; got a name that was not. Declare it above.
                    expect("a", 1, 2);                       | a.md:3: java.lang.AssertionError: expect: expected a = 2.0; got 1.0
                    """)
    void aFailureIsSaidWithItsLine(String code, String message) {
        Source source = Source.parse("a", "# T\n```java\n" + code.replace("\\n", "\n") + "\n```");

        assertThatIllegalStateException().isThrownBy(() -> Runner.run(source)).withMessageContaining(message);
    }
}
