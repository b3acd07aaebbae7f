package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.Sets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.Parameters;
import org.ndgrad.nn.optim.LrScheduler;
import org.ndgrad.nn.optim.Optimizer;

/** What a trainer refuses before it begins. */
final class TrainerChecks {

    private TrainerChecks() {}

    static void parts(Object model, Object loss, Object optimizer) {
        checkNotNull(model, "Trainer: expected a model; got null. Give what is to be trained.");
        checkNotNull(loss, "Trainer: expected a loss; got null. Give one, such as Losses::crossEntropy.");
        checkNotNull(optimizer, "Trainer: expected an optimizer; got null. Make one with the model's parameters.");
    }

    static void names(List<String> names) {
        names.forEach(name -> checkArgument(
                Collections.frequency(names, name) == 1,
                "Trainer: expected a series of its own for each loss and metric; got '%s' twice among %s. Leave one"
                        + " out, or give it another name.",
                name,
                names));
    }

    static void scheduler(LrScheduler scheduler, Optimizer optimizer) {
        checkArgument(
                scheduler.optimizer() == optimizer,
                "Trainer: expected a schedule of its optimizer, %s; got one of another, %s. Make the schedule with the"
                        + " optimizer that the trainer gets.",
                optimizer,
                scheduler.optimizer());
    }

    /** A run that was loaded when it was complete is complete again. */
    static void epochs(int epochs, Position position) {
        int done = position.epoch();
        checkArgument(epochs >= 1, "Trainer.fit: expected at least 1 epoch; got %s. Say how many to train.", epochs);
        checkArgument(
                epochs > done || position.isLoaded(),
                "Trainer.fit: expected more epochs than the %s that are done; got %s. They are counted from the"
                        + " beginning: pass %s to train %s more.",
                done,
                epochs,
                done + epochs,
                epochs);
    }

    static void parameters(Block model, Optimizer optimizer) {
        Parameters trainable = model.trainableParameters();
        checkArgument(
                !trainable.isEmpty(),
                "Trainer.fit: expected a model with a parameter that requires a gradient; got %s. Unfreeze what is to"
                        + " be trained.",
                model.parameters().isEmpty()
                        ? "one without parameters"
                        : "only frozen ones, " + model.parameters().keySet());
        Set<Tensor> optimized = Collections.newSetFromMap(new IdentityHashMap<>());
        optimized.addAll(optimizer.parameters());
        Set<Tensor> owned = Collections.newSetFromMap(new IdentityHashMap<>());
        owned.addAll(model.parameters().values());
        checkArgument(
                owned.containsAll(optimized),
                "Trainer.fit: expected an optimizer of the model's parameters; got one that has %s others. Make it from"
                        + " model.parameters(), after to(dtype), which makes new ones; a loss with parameters belongs"
                        + " into the model.",
                Sets.difference(optimized, owned).size());
        String left = trainable.entrySet().stream()
                .filter(each -> !optimized.contains(each.getValue()))
                .map(each -> "'" + each.getKey() + "'")
                .collect(Collectors.joining(", "));
        checkArgument(
                left.isEmpty(),
                "Trainer.fit: expected an optimizer of all parameters that require a gradient; got one without %s."
                        + " Freeze them with requiresGrad(false), or add them to the optimizer.",
                left);
    }
}
