package org.ndgrad.notebooks;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What a piece of Java is by its form alone: no name in it is looked up. */
final class Syntax {

    private static final Set<Tree.Kind> DECLARATIONS =
            Set.of(Tree.Kind.VARIABLE, Tree.Kind.CLASS, Tree.Kind.INTERFACE, Tree.Kind.ENUM, Tree.Kind.RECORD);

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    private Syntax() {}

    static boolean isExpression(String text) {
        return parse("Object value = (" + text + "\n);").isPresent();
    }

    /** Whether a piece declares something: a variable, a type, a method, or a name by an import. */
    static boolean declares(String text) {
        return parse(text).map(tree -> DECLARATIONS.contains(tree.getKind())).orElse(true);
    }

    /** Returns the first statement, if the text can stand in a method. */
    private static Optional<StatementTree> parse(String text) {
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///C.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return "class C { void m() {" + text + "\n} }";
            }
        };
        var problems = new DiagnosticCollector<JavaFileObject>();
        var task = (JavacTask) COMPILER.getTask(null, FILES, problems, List.of("-proc:none"), null, List.of(file));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            if (!problems.getDiagnostics().isEmpty()) {
                return Optional.empty();
            }
            var method = (MethodTree)
                    ((ClassTree) unit.getTypeDecls().get(0)).getMembers().get(0);
            return method.getBody().getStatements().stream()
                    .map(StatementTree.class::cast)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
