package io.mooring.evm.state;

import io.mooring.evm.U256;

/**
 * One word of an account's storage: as the source has it, as the transaction found it, and now.
 *
 * <p>A word of transient storage is one too, with zeros below. Limbs are the least significant
 * first.
 */
public final class Slot {
  final long key3;
  final long key2;
  final long key1;
  final long key0;

  private final U256 base;
  private U256 original;
  private U256 current;

  /** The transaction in which {@code original} was taken. */
  private int openedIn;

  /** The transaction in which the slot is warm. */
  int warmIn;

  Slot(U256 key, U256 base, int transaction) {
    this.key3 = key.w3();
    this.key2 = key.w2();
    this.key1 = key.w1();
    this.key0 = key.w0();
    this.base = base;
    this.original = base;
    this.current = base;
    this.openedIn = transaction;
  }

  public U256 key() {
    return new U256(key3, key2, key1, key0);
  }

  /** The value at the beginning of this transaction. */
  public U256 original() {
    return original;
  }

  public U256 current() {
    return current;
  }

  U256 base() {
    return base;
  }

  void set(U256 value) {
    current = value;
  }

  /** Makes what an earlier transaction left the original of this one. */
  void openIn(int transaction) {
    if (openedIn != transaction) {
      openedIn = transaction;
      original = current;
    }
  }

  /** As {@link #openIn}, for a word that does not outlive its transaction. */
  void openTransientIn(int transaction) {
    if (openedIn != transaction) {
      openedIn = transaction;
      current = U256.ZERO;
    }
  }
}
