package io.mooring.platform.commit;

import io.mooring.ledger.Frontier;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Head;
import io.mooring.ledger.MalformedException;

/**
 * One commit record: one link of the chain that is a ledger. Its hash, over exactly the stored
 * bytes, stands in the next one.
 *
 * <pre>
 * key  value                        left out when
 *   1  unsigned, 1 or 2             never            version of this table; 2 where 14 stands
 *   2  unsigned                     never            {@link #number}, from 1 without a gap
 *   3  unsigned                     never            {@link #start}, the size before
 *   4  bytes                        never            {@link #frontier} after: size, then peaks
 *   5  bytes, 32                    never            root of the frontier
 *   6  bytes, 32                    never            {@link #previous}, zeros for the first
 *   7  unsigned                     never            {@link #timeMillis}
 *   8  unsigned                     never            {@link #indexed}
 *   9  true                         false            {@link #closed}
 *  10  bytes                        10 or 11 stands  body, inline
 *  11  bytes, 32                    10 stands        SHA-256 of the segment
 *  12  unsigned                     10 stands        length of the segment
 *  13  bytes                        10, or too large manifest, copied from the segment
 *  14  {@link Bill}                 nothing was ever used on the ledger
 * </pre>
 */
public record Commit(
    long number,
    long start,
    Frontier frontier,
    Hash previous,
    long timeMillis,
    long indexed,
    boolean closed,
    Carriage carriage,
    Bill bill) {
  /** The version of a record without a bill. */
  public static final int VERSION = 1;

  /** The version of a record with one. */
  public static final int BILLED_VERSION = 2;

  /** What stands before the first commit. */
  public static final Hash NO_PREVIOUS = Hash.of(new byte[Hash.BYTES]);

  public Commit {
    if (number < 1 || start < 0 || frontier.size() < start || timeMillis < 0) {
      throw new MalformedException("commit " + number + " does not follow any other");
    }
    if (indexed < 0 || indexed >= number) {
      throw new MalformedException("commit " + number + " cannot know " + indexed + " as indexed");
    }
    if ((number == 1) != previous.equals(NO_PREVIOUS) || (number == 1 && start != 0)) {
      throw new MalformedException("only the first commit has none before it");
    }
  }

  /** A commit of a ledger on which nothing was ever used. */
  public Commit(
      long number,
      long start,
      Frontier frontier,
      Hash previous,
      long timeMillis,
      long indexed,
      boolean closed,
      Carriage carriage) {
    this(number, start, frontier, previous, timeMillis, indexed, closed, carriage, Bill.NONE);
  }

  /** The size of the ledger after this commit. */
  public long end() {
    return frontier.size();
  }

  public Head head() {
    return frontier.head();
  }

  public byte[] toBytes() {
    return CommitCbor.write(this);
  }

  /** Reads what {@link #toBytes} writes, and refuses every other bytes. */
  public static Commit ofBytes(byte[] bytes) {
    return CommitCbor.read(bytes);
  }
}
