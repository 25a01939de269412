package io.mooring.ledgers;

import io.mooring.platform.LedgerId;

/** Which entry says that another one's content was erased. */
public record Erasure(LedgerId ledger, long index) {}
