/** Benchmarks of operations, run by JMH. */
@NullMarked
package org.ndgrad.benchmarks;

import org.jspecify.annotations.NullMarked;
