package org.ndgrad.nn;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.ndgrad.autograd.Tensor;

/**
 * Draws what has a method {@code plot()}. There is one in the module {@code ndgrad-plot}, found as a service, so that a
 * model can be trained without pictures and what they need.
 */
public interface Painter {

    /**
     * Draws learning curves.
     *
     * @param series a number for each epoch, by name
     */
    Picture history(Map<String, ? extends List<? extends Number>> series);

    /**
     * Draws what a model says of the plane.
     *
     * @param model maps (N, 2) to (N, C), (N, 1) or (N)
     * @param x points, shape (N, 2)
     * @param y their classes
     * @param names of all classes, or none
     */
    Picture decisionBoundary(Layer model, Tensor x, Tensor y, String... names);

    /**
     * Draws a table of true classes, the rows, and predicted ones.
     *
     * @param counts shape (C, C)
     * @param names of all classes, or none
     */
    Picture confusionMatrix(long[][] counts, String... names);

    /**
     * Draws a ROC curve.
     *
     * @param points shape (points, 2), a false and a true positive rate
     */
    Picture roc(double[][] points);

    /**
     * Draws a precision-recall curve.
     *
     * @param points shape (points, 2), a recall and a precision
     */
    Picture precisionRecall(double[][] points);

    /**
     * Returns the one that is there.
     *
     * @param who asks, for the message
     * @throws IllegalStateException if there is none
     */
    static Painter of(String who) {
        return ServiceLoader.load(Painter.class, Painter.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(who
                        + ": expected a module that draws; got none on the class path. Add the dependency"
                        + " org.ndgrad:ndgrad-plot beside ndgrad-nn, of the same version."));
    }
}
