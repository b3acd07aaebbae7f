package org.ndgrad.nn.train;

/** How a metric prints: {@code Accuracy(0.925)}, or that it has no value yet. */
final class MetricText {

    private MetricText() {}

    static String of(Metric metric) {
        return metric.getClass().getSimpleName() + "(" + value(metric) + ")";
    }

    private static String value(Metric metric) {
        try {
            return String.valueOf(metric.compute());
        } catch (IllegalStateException noValue) {
            return "no value yet";
        }
    }
}
