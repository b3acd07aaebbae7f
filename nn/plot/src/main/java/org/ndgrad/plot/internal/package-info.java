/** What plots and notebooks share. It is not API. */
@NullMarked
package org.ndgrad.plot.internal;

import org.jspecify.annotations.NullMarked;
