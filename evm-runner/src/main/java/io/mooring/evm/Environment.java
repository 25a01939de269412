package io.mooring.evm;

/** Everything around a message that its code can ask about, and the limits it runs under. */
public record Environment(
    Fork fork, BlockContext block, TransactionContext transaction, Limits limits) {}
