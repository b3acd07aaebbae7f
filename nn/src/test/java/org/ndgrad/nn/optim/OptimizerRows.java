package org.ndgrad.nn.optim;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Streams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Parameters;
import org.ndgrad.nn.conformance.Verdict.Disagreement;
import org.ndgrad.nn.conformance.Verdict.Unsupported;

/** Runs rows that say what an optimizer does to a small network. */
final class OptimizerRows {

    private interface Constructor<O extends Record> {
        Optimizer make(Iterable<Tensor> parameters, double learningRate, O options);
    }

    /** How an optimizer is made, with PyTorch's default learning rate, and how near its numbers must come. */
    private record Row<O extends Record>(
            Constructor<O> constructor, O defaults, double learningRate, double tolerance) {

        @SuppressWarnings("unchecked") // options are made from those of the row
        Optimizer make(Iterable<Tensor> parameters, double learningRate, Record options) {
            return constructor.make(parameters, learningRate, (O) options);
        }
    }

    private static final double EXACT = 1e-9;

    private static final ImmutableMap<String, Row<?>> TABLE = ImmutableMap.<String, Row<?>>builder()
            .put("SGD", new Row<>(Sgd::new, SgdOptions.defaults(), 1e-3, EXACT))
            .put("Adam", new Row<>(Adam::new, AdamOptions.defaults(), 1e-3, EXACT))
            .put("AdamW", new Row<>(AdamW::new, AdamWOptions.defaults(), 1e-3, EXACT))
            .put("NAdam", new Row<>(NAdam::new, NAdamOptions.defaults(), 2e-3, EXACT))
            .put("RAdam", new Row<>(RAdam::new, RAdamOptions.defaults(), 1e-3, EXACT))
            .put("Adamax", new Row<>(Adamax::new, AdamaxOptions.defaults(), 2e-3, EXACT))
            .put("Adagrad", new Row<>(Adagrad::new, AdagradOptions.defaults(), 1e-2, EXACT))
            .put("Adadelta", new Row<>(Adadelta::new, AdadeltaOptions.defaults(), 1, EXACT))
            .put("RMSprop", new Row<>(RmsProp::new, RmsPropOptions.defaults(), 1e-2, EXACT))
            .put("Rprop", new Row<>(Rprop::new, RpropOptions.defaults(), 1e-2, EXACT))
            .put("ASGD", new Row<>(Asgd::new, AsgdOptions.defaults(), 1e-2, EXACT))
            .put("Adafactor", new Row<>(Adafactor::new, AdafactorOptions.defaults(), 1e-2, EXACT))
            .put("Muon", new Row<>(Muon::new, MuonOptions.defaults(), 1e-3, 2e-3))
            .put("LBFGS", new Row<>(Lbfgs::new, LbfgsOptions.defaults(), 1, 1e-6))
            .buildOrThrow();

    private OptimizerRows() {}

    static void run(JsonNode row) {
        String name = row.get("optimizer").textValue();
        if (!TABLE.containsKey(name)) {
            throw new Unsupported("there is no optimizer " + name);
        }
        double tolerance = TABLE.get(name).tolerance();
        JsonNode problem = row.get("problem");
        JsonNode expected = row.get("parameters");
        Map<String, Tensor> all = new HashMap<>();
        problem.properties().forEach(each -> all.put(each.getKey(), Numbers.tensor(each.getValue())));
        Map<String, Tensor> trained = new LinkedHashMap<>();
        expected.elements()
                .next()
                .fieldNames()
                .forEachRemaining(each -> trained.put(each, all.get(each).requiresGrad(true)));
        Optimizer optimizer = optimizer(name, row, Parameters.of(trained));
        Set<String> sometimes = Streams.stream(row.path("no_gradient_every_third_step"))
                .map(JsonNode::textValue)
                .collect(Collectors.toSet());
        double[] losses = Numbers.numbers(row.get("losses"));
        for (int step = 1; step <= losses.length; step++) {
            if (row.path("halve_lr_before_step").intValue() == step) {
                optimizer.groups().forEach(group -> group.learningRate(group.learningRate() / 2));
            }
            Set<String> skipped = step % 3 == 0 ? sometimes : Set.of();
            Supplier<Tensor> closure = () -> {
                optimizer.zeroGrad();
                Tensor loss = loss(all);
                loss.backward();
                skipped.forEach(each -> all.get(each).zeroGrad());
                return loss;
            };
            Numbers.check("loss before step " + step, optimizer.step(closure).item(), losses[step - 1], tolerance);
            JsonNode after = expected.path(String.valueOf(step));
            for (Map.Entry<String, JsonNode> each : after.properties()) {
                Numbers.check(
                        each.getKey() + " after step " + step, trained.get(each.getKey()), each.getValue(), tolerance);
            }
        }
        if (losses.length == 0) {
            throw new Disagreement("expected losses; got none");
        }
    }

    private static Tensor loss(Map<String, Tensor> all) {
        return all.get("x")
                .matmul(all.get("w1").t())
                .add(all.get("b1"))
                .tanh()
                .matmul(all.get("w2").t())
                .add(all.get("b2"))
                .sub(all.get("y"))
                .square()
                .mean();
    }

    private static Optimizer optimizer(String name, JsonNode row, Parameters parameters) {
        Map<String, JsonNode> shared = fields(row.get("options"));
        if (!row.has("groups")) {
            return make(name, parameters, shared);
        }
        List<JsonNode> groups = new ArrayList<>();
        row.get("groups").forEach(groups::add);
        Optimizer optimizer = make(name, chosen(parameters, groups.get(0)), options(shared, groups.get(0)));
        for (JsonNode group : groups.subList(1, groups.size())) {
            Map<String, JsonNode> options = options(shared, group);
            optimizer.add(chosen(parameters, group), learningRate(name, options), record(name, options));
        }
        return optimizer;
    }

    private static Optimizer make(String name, Parameters parameters, Map<String, JsonNode> options) {
        return TABLE.get(name).make(parameters, learningRate(name, options), record(name, options));
    }

    private static Map<String, JsonNode> options(Map<String, JsonNode> shared, JsonNode group) {
        Map<String, JsonNode> options = new LinkedHashMap<>(shared);
        options.putAll(fields(group));
        options.remove("params");
        return options;
    }

    private static Map<String, JsonNode> fields(JsonNode object) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        object.properties().forEach(each -> fields.put(each.getKey(), each.getValue()));
        return fields;
    }

    private static Parameters chosen(Parameters parameters, JsonNode group) {
        Set<String> names =
                Streams.stream(group.get("params")).map(JsonNode::textValue).collect(Collectors.toSet());
        return parameters.matching(names::contains);
    }

    private static double learningRate(String name, Map<String, JsonNode> options) {
        JsonNode given = options.get("lr");
        return given == null ? TABLE.get(name).learningRate() : Numbers.number(given);
    }

    /** Returns the options by PyTorch's names; what is not given has its default. */
    private static Record record(String name, Map<String, JsonNode> given) {
        Record defaults = TABLE.get(name).defaults();
        Map<String, Object> options = new HashMap<>(OptionNames.toMap(defaults));
        Maps.filterKeys(given, key -> !key.equals("lr")).forEach((key, value) -> {
            if (key.equals("eps") && value.isArray()) { // a pair in Adafactor, of which the first may be left open
                put(options, "eps1", value.get(0));
                put(options, "eps2", value.get(1));
            } else {
                put(options, key, value);
            }
        });
        return OptionNames.fromMap(name, defaults, options);
    }

    private static void put(Map<String, Object> options, String key, JsonNode value) {
        if (value.isArray()) {
            options.put(key, Streams.stream(value).map(Numbers::number).toList());
        } else if (value.isBoolean()) {
            options.put(key, value.booleanValue());
        } else if (value.isTextual()) {
            options.put(key, value.textValue());
        } else if (!value.isNull()) {
            options.put(key, value.doubleValue());
        }
    }
}
