package io.mooring.contracts;

import io.mooring.contracts.build.LedgerChain;
import io.mooring.contracts.build.Works;
import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.Chains;
import io.mooring.contracts.pool.PoolPages;
import io.mooring.contracts.state.StateStore;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerRegister;
import io.mooring.platform.Ids;
import io.mooring.platform.LedgerId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The chains that this process has open. */
public final class ChainRegister implements Chains, AutoCloseable {
  /** How many chains a process has open before it closes those that nobody uses. */
  static final int OPEN_MAX = 256;

  static final long TICK_MILLIS = 250;

  private static final System.Logger LOG = System.getLogger(ChainRegister.class.getName());

  private final Works works;
  private final ChainLedgers ledgers;
  private final LedgerRegister register;
  private final Ids ids;
  private final ConcurrentMap<LedgerId, LedgerChain> open = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public ChainRegister(Works works, ChainLedgers ledgers, LedgerRegister register, Ids ids) {
    this.works = works;
    this.ledgers = ledgers;
    this.register = register;
    this.ids = ids;
    works.threads().execute(this::tickOn);
  }

  @Override
  public Chain of(Ledger ledger) {
    return opened(ledger);
  }

  private LedgerChain opened(Ledger ledger) {
    LedgerChain known = open.get(ledger.id());
    if (known != null) {
      return known.used();
    }
    var genesis = ledgers.genesisOf(ledger);
    register.begun(ledger);
    if (open.size() >= OPEN_MAX) {
      open.values().removeIf(LedgerChain::isIdle);
    }
    return open.computeIfAbsent(
        ledger.id(), absent -> LedgerChain.open(works, genesis, () -> ids.next("pag_")));
  }

  /**
   * Makes blocks of what waits on the pages of a chain, where the processes that wrote them are
   * frozen or gone. What is no chain has no pages.
   *
   * @return whether nothing is left to do, or the chain has moved and its next block will tell
   */
  public boolean catchUp(LedgerId id, Duration patience) {
    return !PoolPages.isAny(works.table(), id)
        || register
            .find(id.tenant(), id.value())
            .map(ledger -> opened(ledger).catchUp(patience))
            .orElse(true);
  }

  /** Derives again what is derived from a chain's blocks; how many objects that makes. */
  long rebuild(Ledger ledger) {
    long objects = LedgerChain.rebuild(works, ledgers.genesisOf(ledger));
    LedgerChain known = open.get(ledger.id());
    if (known != null) {
      known.forgetRead();
    }
    return objects;
  }

  /** Deletes what was derived from blocks that the chain does not have, and opens it anew. */
  void cutOff(Ledger ledger, long blocks) {
    LedgerChain known = open.remove(ledger.id());
    if (known != null) {
      known.close();
    }
    StateStore.cutOff(works.blobs(), ledger.id(), blocks);
  }

  private void tickOn() {
    while (!closed) {
      try {
        Thread.sleep(TICK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      for (LedgerChain chain : open.values()) {
        try {
          chain.tick();
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.WARNING, "a chain's tick failed; the next one is soon", e);
        }
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    open.values().forEach(LedgerChain::close);
  }
}
