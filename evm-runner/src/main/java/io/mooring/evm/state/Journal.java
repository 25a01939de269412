package io.mooring.evm.state;

import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What was there before each write of the running transaction, newest last. */
final class Journal {
  private static final int INITIAL_CAPACITY = 64;

  private enum Kind {
    EXISTED,
    TOUCHED,
    BALANCE,
    NONCE,
    CODE,
    CREATED,
    DESTRUCTED,
    SLOT,
    WARMED_ACCOUNT,
    WARMED_SLOT,
    LOGGED,
    REFUND
  }

  private record CodeBefore(Hash hash, @Nullable Code code) {}

  // One write is a column in these: what kind it was, what it was done to, what was there before.
  private Kind[] kinds = new Kind[INITIAL_CAPACITY];
  private @Nullable Object[] subjects = new @Nullable Object[INITIAL_CAPACITY];
  private @Nullable Object[] values = new @Nullable Object[INITIAL_CAPACITY];
  private long[] numbers = new long[INITIAL_CAPACITY];
  private int length;

  int length() {
    return length;
  }

  void clear() {
    Arrays.fill(subjects, 0, length, null);
    Arrays.fill(values, 0, length, null);
    length = 0;
  }

  void existed(Account account, boolean before) {
    add(Kind.EXISTED, account, null, before ? 1 : 0);
  }

  void touched(Account account, int before) {
    add(Kind.TOUCHED, account, null, before);
  }

  void balance(Account account, U256 before) {
    add(Kind.BALANCE, account, before, 0);
  }

  void nonce(Account account, long before) {
    add(Kind.NONCE, account, null, before);
  }

  void code(Account account, Hash hashBefore, @Nullable Code before) {
    add(Kind.CODE, account, new CodeBefore(hashBefore, before), 0);
  }

  void created(Account account, int before) {
    add(Kind.CREATED, account, null, before);
  }

  void destructed(Account account, int before) {
    add(Kind.DESTRUCTED, account, null, before);
  }

  void slot(Slot slot, U256 before) {
    add(Kind.SLOT, slot, before, 0);
  }

  void warmed(Account account, int before) {
    add(Kind.WARMED_ACCOUNT, account, null, before);
  }

  void warmed(Slot slot, int before) {
    add(Kind.WARMED_SLOT, slot, null, before);
  }

  void logged() {
    add(Kind.LOGGED, null, null, 0);
  }

  void refund(long before) {
    add(Kind.REFUND, null, null, before);
  }

  void undoTo(int snapshot, WorldState state) {
    while (length > snapshot) {
      length--;
      undo(state, kinds[length], subjects[length], values[length], numbers[length]);
      subjects[length] = null;
      values[length] = null;
    }
  }

  private static void undo(
      WorldState state, Kind kind, @Nullable Object subject, @Nullable Object value, long number) {
    switch (kind) {
      case EXISTED -> account(subject).exists = number == 1;
      case TOUCHED -> state.undoTouch(account(subject), (int) number);
      case BALANCE -> account(subject).balance = word(value);
      case NONCE -> account(subject).nonce = number;
      case CODE -> {
        if (value instanceof CodeBefore(Hash hash, Code code)) {
          account(subject).codeHash = hash;
          account(subject).code = code;
        }
      }
      case CREATED -> state.undoCreated(account(subject), (int) number);
      case DESTRUCTED -> state.undoDestructed(account(subject), (int) number);
      case SLOT -> slot(subject).set(word(value));
      case WARMED_ACCOUNT -> account(subject).warmIn = (int) number;
      case WARMED_SLOT -> slot(subject).warmIn = (int) number;
      case LOGGED -> state.undoLog();
      case REFUND -> state.undoRefund(number);
    }
  }

  @SuppressWarnings("NullAway") // add() was given an account for these kinds
  private static Account account(@Nullable Object subject) {
    return (Account) subject;
  }

  @SuppressWarnings("NullAway") // add() was given a slot for these kinds
  private static Slot slot(@Nullable Object subject) {
    return (Slot) subject;
  }

  @SuppressWarnings("NullAway") // add() was given a word for these kinds
  private static U256 word(@Nullable Object value) {
    return (U256) value;
  }

  private void add(Kind kind, @Nullable Object subject, @Nullable Object value, long number) {
    if (length == kinds.length) {
      int capacity = 2 * length;
      kinds = Arrays.copyOf(kinds, capacity);
      subjects = Arrays.copyOf(subjects, capacity);
      values = Arrays.copyOf(values, capacity);
      numbers = Arrays.copyOf(numbers, capacity);
    }
    kinds[length] = kind;
    subjects[length] = subject;
    values[length] = value;
    numbers[length] = number;
    length++;
  }
}
