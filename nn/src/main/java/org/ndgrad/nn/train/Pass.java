package org.ndgrad.nn.train;

import java.util.function.Consumer;
import org.ndgrad.autograd.Tensor;

/**
 * What a batch gave.
 *
 * @param loss one number, the mean over the batch
 * @param judge shows a metric what was predicted and what is right
 */
record Pass(Tensor loss, Consumer<? super Metric> judge) {}
