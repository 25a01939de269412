package io.mooring.contracts.chain;

/** Where a transaction stands: in which block, and the how-many-th in it, from 0. */
public record Place(long block, int index) {}
