package org.ndgrad.plot;

import java.util.List;
import java.util.Map;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.Painter;

/** What {@code history.plot()} and its like are drawn by; the ready-made plots do the work. */
public final class FigurePainter implements Painter {

    /** Creates one, as a service is created. */
    public FigurePainter() {}

    @Override
    public Figure history(Map<String, ? extends List<? extends Number>> series) {
        return TrainingPlots.history(series);
    }

    @Override
    public Plot decisionBoundary(Layer model, Tensor x, Tensor y, String... names) {
        return ClassifierPlots.decisionBoundary(model, x, y, names);
    }

    @Override
    public Plot confusionMatrix(long[][] counts, String... names) {
        return ClassifierPlots.confusionMatrix(counts, names);
    }

    @Override
    public Plot roc(double[][] points) {
        return ClassifierPlots.roc(points);
    }

    @Override
    public Plot precisionRecall(double[][] points) {
        return ClassifierPlots.precisionRecall(points);
    }
}
