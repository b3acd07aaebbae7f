/**
 * The operations, in families. Each is one method: its value, and right below, per input, its vjp.
 *
 * <p>Operations never change their inputs. They broadcast and promote as PyTorch does; integral inputs of a function
 * with a real value give float32. NaN passes through unless said otherwise.
 */
@NullMarked
package org.ndgrad.autograd.ops;

import org.jspecify.annotations.NullMarked;
