package io.mooring.contracts.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.contracts.pool.Pooled;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.state.AccountState;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.StateSource;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.platform.blob.BlobsUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static final int RECEIVERS = 2 * ReadAhead.SIDE_BY_SIDE;

  private final Slow state = new Slow();

  /** A state whose every answer takes a while. */
  private static final class Slow implements StateSource {
    private final AtomicInteger asking = new AtomicInteger();
    private final AtomicInteger askingMax = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final Set<Address> read = ConcurrentHashMap.newKeySet();
    private int failsFrom = Integer.MAX_VALUE;

    @Override
    public Optional<AccountState> account(Address address) {
      if (asked.getAndIncrement() >= failsFrom) {
        throw new BlobsUnavailableException("the test's fault", new Exception());
      }
      askingMax.accumulateAndGet(asking.incrementAndGet(), Math::max);
      LockSupport.parkNanos(10_000_000);
      asking.decrementAndGet();
      read.add(address);
      return Optional.empty();
    }

    @Override
    public U256 storage(Address address, U256 slot) {
      return U256.ZERO;
    }

    @Override
    public boolean hasStorage(Address address) {
      return false;
    }

    @Override
    public Code code(Hash codeHash) {
      return Code.NONE;
    }
  }

  @Test
  void readsWhomABlockPaysSideBySideButWithinABound() {
    read();

    assertEquals(
        IntStream.range(0, RECEIVERS)
            .mapToObj(i -> World.address(i + 1))
            .collect(Collectors.toSet()),
        state.read);
    assertTrue(state.askingMax.get() > 1, "one was asked for after the other");
    assertTrue(state.askingMax.get() <= ReadAhead.SIDE_BY_SIDE);
  }

  @Test
  void theBlockMeetsTheFailureItself() {
    state.failsFrom = 1;

    read();

    assertThrows(BlobsUnavailableException.class, () -> state.account(World.address(1)));
  }

  private void read() {
    List<Pooled> candidates =
        IntStream.range(0, RECEIVERS)
            .mapToObj(i -> World.pay(1, i, World.address(i + 1), 1))
            .map(ReadAheadTest::pooled)
            .toList();
    ReadAhead.read(state, candidates, task -> Thread.ofVirtual().start(task));
  }

  private static Pooled pooled(SignedTransaction signed) {
    return new Pooled(signed, signed.hash(), World.address(1), World.sending(signed), 0);
  }
}
