package io.mooring.ledgers;

import io.mooring.platform.commit.NewEntry;

/**
 * One entry that a client wants to append.
 *
 * @param erasable whether its payload is to be kept where it can be erased one day
 */
public record Draft(NewEntry entry, boolean erasable) {}
