package io.mooring.platform.commit;

import io.mooring.ledger.Head;

/** What a write needs the ledger to be just before it. */
public sealed interface Basis {
  /** Whatever it is. */
  record Any() implements Basis {}

  /** Exactly the ledger with this head: the write's first entry is the next one after it. */
  record Upon(Head head) implements Basis {}

  /** Whether a write may follow a ledger with this head. */
  default boolean allows(Head now) {
    return switch (this) {
      case Any() -> true;
      case Upon(Head head) -> head.equals(now);
    };
  }

  /** Whether a write may follow this ledger only when it has grown further. */
  default boolean isBeyond(Head now) {
    return this instanceof Upon(Head head) && head.size() > now.size();
  }
}
