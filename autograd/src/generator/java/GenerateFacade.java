import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/**
 * Writes what a person types out of the families of operations: {@code TensorOperations}, with a method for each
 * operation whose first operand is a tensor, and {@code Functions}, with all of them and the factories as functions.
 * Each passes on to its family, and notes the call for who traces; the Javadoc is the family's.
 *
 * <p>A parameter with {@code @Default} may be left out together with those behind it, a {@code KeepDim} always.
 * {@code int[] dims} may be a single dim as well or, at the end, any number of them. A list of tensors may be any
 * number of tensors at the end. Some have a form in place, too.
 */
public final class GenerateFacade {

    private static final String HOME = "org.ndgrad.autograd";
    private static final String OPS = HOME + ".ops";
    private static final Pattern TYPE = Pattern.compile("\\b[A-Z]\\w*");
    private static final Pattern LINK = Pattern.compile("\\{@link(plain)?\\s+(\\w*)");

    /** Tensor has these itself: for the sake of Java, or with its operands in another order. */
    private static final Set<String> NO_METHOD = Set.of("clone", "get", "where", "repeatInterleave(times)");

    /** Factories that are methods as well; behind a tensor, others would have nothing to do with it. */
    private static final Set<String> DRAWN_FROM_A_TENSOR = Set.of("bernoulli", "multinomial");

    /** What PyTorch also has with an underscore: the result is copied over the tensor, where it has its shape. */
    private static final Set<String> IN_PLACE = Set.of("""
            abs acos acosh addcdiv addcmul addmm asin asinh atan atan2 atanh bitwiseAnd bitwiseLeftShift bitwiseNot
            bitwiseOr bitwiseRightShift bitwiseXor ceil celu clamp clampMax clampMin copysign cos cosh cumprod cumsum
            deg2rad digamma elu eq erf erfc erfinv exp exp2 expm1 floor floorDivide fmod frac ge gt hardtanh heaviside
            hypot indexAdd indexCopy indexFill indexPut ldexp le leakyRelu lerp lgamma log log10 log1p log2 logicalAnd
            logicalNot logicalOr logicalXor logit lt maskedFill maskedScatter nanToNum ne neg pow rad2deg reciprocal
            relu remainder renorm round rsqrt scatter scatterAdd scatterReduce selu sigmoid sign sin sinc sinh sqrt
            square tan tanh threshold tril triu trunc xlogy
            """.split("\\s+"));

    private final Map<String, String> packages = new HashMap<>();
    private final Set<String> imports = new TreeSet<>();
    private final List<Operation> operations = new ArrayList<>();

    private record Parameter(String type, String name, String fallback) {

        boolean isKeepDim() {
            return type.equals("KeepDim");
        }

        boolean isDims() {
            return type.equals("int[]") && name.equals("dims");
        }
    }

    private record Operation(String family, String returns, String name, List<Parameter> parameters, String doc) {

        boolean isMethod() {
            return (!family.equals("Tensor") || DRAWN_FROM_A_TENSOR.contains(name))
                    && !parameters.isEmpty()
                    && parameters.get(0).type.equals("Tensor")
                    && !NO_METHOD.contains(name)
                    && !NO_METHOD.contains(name + "(" + parameters.get(0).name + ")");
        }

        /** Whether a trace notes calls: of what has tensors among its results. */
        boolean isTraced() {
            return !family.equals("Tensor") && Character.isUpperCase(returns.charAt(0));
        }
    }

    /** A way to write a call: what is declared, by name, and what the family gets. */
    private record Form(Map<String, String> declared, List<String> passed, List<String> leftOut) {}

    /** Arguments: the folder of the families, that of the factories, the folder to write to. */
    public static void main(String[] args) throws IOException {
        var generator = new GenerateFacade();
        List<Path> files = new ArrayList<>();
        for (String folder : List.of(args[0], args[1])) {
            try (Stream<Path> found = Files.list(Path.of(folder))) {
                found.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
            }
        }
        generator.read(files);
        Path home = Files.createDirectories(Path.of(args[2]).resolve(HOME.replace('.', '/')));
        generator.write(home.resolve("TensorOperations.java"), Operation::isMethod, true);
        generator.write(home.resolve("Functions.java"), operation -> true, false);
    }

    // Reading.

    private void read(List<Path> files) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            DocTrees docs = DocTrees.instance(task);
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            units.forEach(unit -> unit.getTypeDecls()
                    .forEach(type ->
                            packages.put(name(type), unit.getPackageName().toString())));
            units.forEach(unit -> unit.getTypeDecls().forEach(type -> read(docs, unit, (ClassTree) type)));
        }
    }

    private static String name(Tree type) {
        return ((ClassTree) type).getSimpleName().toString();
    }

    private void read(DocTrees docs, CompilationUnitTree unit, ClassTree type) {
        boolean isFactories = name(type).endsWith("Factories");
        boolean isFamily = unit.getPackageName().toString().equals(OPS)
                && type.getKind() == Tree.Kind.CLASS
                && type.getModifiers().getFlags().contains(Modifier.PUBLIC);
        if (!isFactories && !isFamily) {
            return;
        }
        Map<String, String> known = known(unit, type);
        String family = isFactories ? "Tensor" : name(type);
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method
                    && method.getModifiers().getFlags().containsAll(Set.of(Modifier.PUBLIC, Modifier.STATIC))
                    && !method.getReturnType().toString().equals("void")) {
                List<Parameter> parameters = method.getParameters().stream()
                        .map(GenerateFacade::parameter)
                        .toList();
                String doc = docs.getDocComment(TreePath.getPath(unit, method));
                operations.add(new Operation(
                        family,
                        outside(method.getReturnType().toString(), known),
                        method.getName().toString(),
                        parameters.stream()
                                .map(p -> new Parameter(outside(p.type, known), p.name, p.fallback))
                                .toList(),
                        LINK.matcher(doc).replaceAll(link -> qualified(link, known, family))));
                imports.add(packages.getOrDefault(family, HOME) + "." + family);
            }
        }
    }

    /** Returns the full names of what the file calls by its simple name. */
    private Map<String, String> known(CompilationUnitTree unit, ClassTree type) {
        Map<String, String> known = new HashMap<>();
        packages.forEach((name, home) -> known.put(name, home + "." + name));
        for (ImportTree each : unit.getImports()) {
            String name = each.getQualifiedIdentifier().toString();
            known.put(name.substring(name.lastIndexOf('.') + 1), name);
        }
        for (Tree member : type.getMembers()) {
            if (member instanceof ClassTree) {
                known.put(name(member), unit.getPackageName() + "." + name(type) + "." + name(member));
            }
        }
        return known;
    }

    /** Returns the type as it is written outside its family, such as {@code Padding.Mode} for Mode, and imports it. */
    private String outside(String type, Map<String, String> known) {
        return TYPE.matcher(type).replaceAll(match -> {
            String name = known.get(match.group());
            if (name == null) {
                return match.group();
            }
            int outer = TYPE.matcher(name).results().findFirst().orElseThrow().end();
            imports.add(name.substring(0, outer));
            return name.substring(name.lastIndexOf('.', outer - 1) + 1);
        });
    }

    private static Parameter parameter(VariableTree tree) {
        String type = tree.getType().toString();
        if (tree.toString().contains("...")) {
            type = type.substring(0, type.length() - 2) + "...";
        }
        String fallback = tree.getModifiers().getAnnotations().stream()
                .filter(annotation -> annotation.getAnnotationType().toString().equals("Default"))
                .map(annotation -> annotation.getArguments().get(0).toString())
                .map(argument -> argument.substring(argument.indexOf('"') + 1, argument.lastIndexOf('"')))
                .findAny()
                .orElse(type.equals("KeepDim") ? "KeepDim.NO" : null);
        return new Parameter(type, tree.getName().toString(), fallback);
    }

    private static String qualified(MatchResult link, Map<String, String> known, String family) {
        String type = link.group(2).isEmpty() ? family : link.group(2);
        return "{@link " + known.getOrDefault(type, type);
    }

    // Writing.

    private void write(Path file, Predicate<Operation> isWanted, boolean asMethods) throws IOException {
        String name = file.getFileName().toString().replace(".java", "");
        List<Operation> wanted = operations.stream().filter(isWanted).toList();
        Map<String, Operation> whole = new HashMap<>();
        for (Operation operation : wanted) {
            Form form = form(operation.parameters, operation.parameters, null, null, null);
            claim(whole, signature(operation, form, asMethods), operation);
        }
        Map<String, Operation> written = new HashMap<>();
        var body = new StringBuilder();
        for (Operation operation : wanted) {
            for (Form form : forms(operation)) {
                String signature = signature(operation, form, asMethods);
                Operation own = whole.getOrDefault(signature, operation);
                if (own == operation
                        || !own.family.equals(operation.family)) { // what a family writes itself, goes before
                    claim(written, signature, operation);
                    body.append(method(operation, form, asMethods));
                    if (asMethods && IN_PLACE.contains(operation.name)) {
                        body.append(inPlace(operation, form));
                    }
                }
            }
        }
        String head = asMethods
                ? "/** Every operation whose first operand is a tensor, behind a dot. */\n"
                        + "public abstract sealed class TensorOperations extends Conversions permits Tensor {\n\n"
                        + "    TensorOperations(INDArray values) {\n        super(values);\n    }\n"
                : "/** Every operation and every factory as a function: {@code import static " + HOME
                        + ".Functions.*}. */\n" + "public final class Functions {\n\n    private Functions() {}\n";
        String text = "package %s;\n\n%s\n// Written by %s: change the families instead.\n\n%s%s}\n"
                .formatted(HOME, imports(), GenerateFacade.class.getSimpleName(), head, body);
        if (!Files.exists(file) || !Files.readString(file).equals(text)) { // a newer file is compiled again
            Files.writeString(file, text);
        }
    }

    private String imports() {
        return Stream.concat(
                        imports.stream(),
                        Stream.of("java.util.Arrays", "java.util.List", "org.nd4j.linalg.api.ndarray.INDArray"))
                .filter(name -> !name.matches(HOME + "\\.\\w+"))
                .distinct()
                .sorted()
                .map("import %s;\n"::formatted)
                .collect(Collectors.joining());
    }

    /** Returns all ways to write a call: from every parameter to only those without a default. */
    private static List<Form> forms(Operation operation) {
        List<Parameter> all = operation.parameters;
        List<Parameter> others = all.stream().filter(p -> !p.isKeepDim()).toList();
        int least = others.size();
        while (least > 0 && others.get(least - 1).fallback != null) {
            least--;
        }
        List<Form> forms = new ArrayList<>();
        for (int count = least; count <= others.size(); count++) {
            for (int keeps = 0; keeps <= all.size() - others.size(); keeps++) {
                forms.addAll(forms(all, others.subList(0, count), keeps > 0));
            }
        }
        return forms;
    }

    private static List<Form> forms(List<Parameter> all, List<Parameter> named, boolean keeps) {
        List<Parameter> declared = all.stream()
                .filter(p -> p.isKeepDim() ? keeps : named.contains(p))
                .toList();
        Parameter last = named.isEmpty() ? null : named.get(named.size() - 1);
        boolean isDims = last != null && last.isDims();
        if (isDims && !keeps && all.stream().skip(all.indexOf(last) + 1L).allMatch(Parameter::isKeepDim)) {
            return List.of(form(all, declared, last, "int... dims", "dims")); // else std(1, 0) were of two dims
        }
        List<Form> forms = new ArrayList<>(List.of(form(all, declared, null, null, null)));
        if (isDims) {
            forms.add(form(all, declared, last, "int dim", "new int[] {dim}"));
        }
        declared.stream().filter(p -> p.type.equals("List<Tensor>")).forEach(p -> {
            List<Parameter> atTheEnd =
                    declared.stream().sorted(Comparator.comparing(q -> q == p)).toList();
            forms.add(form(all, atTheEnd, p, "Tensor... " + p.name, "Arrays.asList(" + p.name + ")"));
        });
        return forms;
    }

    /** Returns the form in which one parameter is declared and passed in another way. */
    private static Form form(
            List<Parameter> all, List<Parameter> declared, Parameter changed, String declaration, String value) {
        Map<String, String> declarations = new LinkedHashMap<>();
        declared.forEach(p -> declarations.put(p.name, p == changed ? declaration : p.type + " " + p.name));
        List<String> passed = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (Parameter p : all) {
            boolean isDeclared = declared.contains(p);
            if (!isDeclared && !p.isKeepDim() && !p.isDims()) {
                leftOut.add(p.name + " = " + p.fallback.substring(p.fallback.lastIndexOf('.') + 1));
            }
            passed.add(p == changed ? value : isDeclared ? p.name : p.fallback);
        }
        return new Form(declarations, passed, leftOut);
    }

    private static String signature(Operation operation, Form form, boolean asMethods) {
        return operation.name
                + form.declared.values().stream()
                        .skip(asMethods ? 1 : 0)
                        .map(p -> p.substring(0, p.lastIndexOf(' '))
                                .replace("...", "[]")
                                .replaceAll("<.*>", ""))
                        .toList();
    }

    private static void claim(Map<String, Operation> owners, String signature, Operation operation) {
        Operation before = owners.put(signature, operation);
        if (before != null) {
            throw new IllegalStateException("%s: expected one method; got it from %s and %s. Take a @Default from one."
                    .formatted(signature, before.family, operation.family));
        }
    }

    private static String method(Operation operation, Form form, boolean asMethod) {
        List<String> names = new ArrayList<>(form.declared.keySet());
        String self = asMethod ? names.remove(0) : "";
        return "\n" + doc(operation, form, names, self)
                + "    public %s%s %s(%s) {\n%s    }\n"
                        .formatted(
                                asMethod ? "" : "static ",
                                operation.returns,
                                operation.name,
                                declared(form, asMethod),
                                body(operation, form, asMethod));
    }

    private static String body(Operation operation, Form form, boolean asMethod) {
        String call = call(operation, form, asMethod);
        if (!operation.isTraced()) {
            return "        return %s;\n".formatted(call);
        }
        return """
                        %s result = %s;
                        return Trace.isOn() ? Trace.noted("%s", result, new Object[] {%s}) : result;
                """.formatted(operation.returns, call, operation.name, passed(form, asMethod));
    }

    private static String inPlace(Operation operation, Form form) {
        return ("\n    /** Copies the result of {@code %1$s} over this; see {@link #add_(Tensor)}. */\n"
                        + "    public Tensor %1$s_(%2$s) {\n        return inPlace(\"%1$s_\", %3$s);\n    }\n")
                .formatted(operation.name, declared(form, true), call(operation, form, true));
    }

    private static String declared(Form form, boolean asMethod) {
        return form.declared.values().stream().skip(asMethod ? 1 : 0).collect(Collectors.joining(", "));
    }

    private static String call(Operation operation, Form form, boolean asMethod) {
        return operation.family + "." + operation.name + "(" + passed(form, asMethod) + ")";
    }

    private static String passed(Form form, boolean asMethod) {
        String passed = String.join(", ", form.passed);
        return asMethod ? passed.replaceFirst("\\w+", "(Tensor) this") : passed;
    }

    /** Returns the family's Javadoc without the parameters that are not declared. */
    private static String doc(Operation operation, Form form, List<String> names, String self) {
        String[] parts = operation.doc.strip().split("\\n\\s*(?=@)");
        var text = new StringBuilder(parts[0].strip());
        if (!self.isEmpty() && !self.equals("this")) {
            text.append("\n\n<p>").append(self).append(" is this tensor.");
        }
        if (!form.leftOut.isEmpty()) {
            text.append(self.isEmpty() ? "\n\n<p>Here " : " Here ").append(String.join(", ", form.leftOut) + ".");
        }
        String tags = Stream.of(parts)
                .skip(1)
                .filter(tag -> !tag.startsWith("@param ") || names.contains(tag.split("\\s+")[1]))
                .map(tag -> form.declared.containsValue("int dim") ? tag.replace("@param dims ", "@param dim ") : tag)
                .map(tag -> "\n" + tag.stripTrailing())
                .collect(Collectors.joining());
        String all = tags.isEmpty() ? text.toString() : text + "\n" + tags;
        return all.lines()
                .map(line -> ("     * " + line.strip()).stripTrailing() + "\n")
                .collect(Collectors.joining("", "    /**\n", "     */\n"));
    }
}
