package org.ndgrad.autograd;

/**
 * The last change in place of a piece of memory.
 *
 * @param version how many there were
 * @param operation what made it
 * @param moment when, see {@link Storage#tick}
 */
record Change(int version, String operation, long moment) {

    static final Change NONE = new Change(0, "", -1);

    Change next(String by) {
        return new Change(version + 1, by, Storage.tick());
    }
}
