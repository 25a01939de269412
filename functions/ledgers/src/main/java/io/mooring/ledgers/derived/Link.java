package io.mooring.ledgers.derived;

/** Which commit holds the entries from {@code start} on, and when it was. */
record Link(long commit, long start, long timeMillis) {}
