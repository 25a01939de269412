package io.mooring.contracts.pool;

import io.mooring.contracts.chain.PoolView;
import io.mooring.contracts.chain.Sending;
import io.mooring.contracts.chain.Submission;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.transaction.SignedTransaction;
import java.util.concurrent.CompletableFuture;

/** A transaction that was checked, and what its sender is waiting to hear. */
public final class Pooled {
  private final SignedTransaction transaction;
  private final Hash hash;
  private final Address sender;
  private final Sending sending;
  private final long sinceMillis;
  private final CompletableFuture<Submission> answer = new CompletableFuture<>();

  /** The how-many-th of its pool it is, set by the pool under its lock. */
  long arrival;

  private volatile String page = "";
  private boolean stopped;

  /**
   * @param sinceMillis when it was first seen, by the wall clock
   */
  public Pooled(
      SignedTransaction transaction, Hash hash, Address sender, Sending sending, long sinceMillis) {
    this.transaction = transaction;
    this.hash = hash;
    this.sender = sender;
    this.sending = sending;
    this.sinceMillis = sinceMillis;
  }

  public SignedTransaction transaction() {
    return transaction;
  }

  public Hash hash() {
    return hash;
  }

  public Address sender() {
    return sender;
  }

  public Sending sending() {
    return sending;
  }

  public long sinceMillis() {
    return sinceMillis;
  }

  public long nonce() {
    return transaction.content().nonce();
  }

  public int bytes() {
    return sending.envelope().length;
  }

  /** What its sender hears; the first answer counts. */
  public CompletableFuture<Submission> answer() {
    return answer;
  }

  /** Tells its sender why not, unless it was acknowledged; whether it could still be refused. */
  public boolean refuse(Submission why) {
    return !isDurable() && answer.complete(why);
  }

  /**
   * Notes that the watchdog has stopped it, and says whether it may be executed again, as it may
   * once: where processes freeze, the clock goes on without them. For the one who makes blocks.
   */
  public boolean noteStopped() {
    boolean first = !stopped;
    stopped = true;
    return first;
  }

  /** The page that holds it durably, or nothing. */
  public String page() {
    return page;
  }

  public void standsOn(String page) {
    this.page = page;
  }

  public boolean isDurable() {
    return !page.isEmpty();
  }

  PoolView.Waiting waiting(boolean executable) {
    return new PoolView.Waiting(transaction, hash, sender, executable);
  }
}
