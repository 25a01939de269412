package io.mooring.ledgers.derived;

import io.mooring.platform.commit.KeptEntry;

/** One entry as it is kept, and where and when it was committed. */
public record Placed(long index, long commit, long timeMillis, KeptEntry kept) {}
