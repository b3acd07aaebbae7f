/**
 * Small programs, each to be read from top to bottom: one on real data, and five that compute what the documents they
 * follow work out by hand. {@link org.ndgrad.examples.Main} runs them by name.
 */
@NullMarked
package org.ndgrad.examples;

import org.jspecify.annotations.NullMarked;
