package org.ndgrad.nn;

import com.google.common.collect.ImmutableSet;

/**
 * What a partial loading left out, as PyTorch's {@code load_state_dict(…, strict=False)} returns it.
 *
 * @param missing names in the model for which there was nothing; these values stay as they were
 * @param unexpected names in the state dict, after renaming, for which the model has no place
 */
public record LoadResult(ImmutableSet<String> missing, ImmutableSet<String> unexpected) {}
