package io.mooring.evm.trie;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.state.AccountState;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.state.StateChanges.AccountChange;
import java.util.Collections;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The root after a block that writes 5,000 of 1,000,000 accounts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = "-Xmx3g")
public class StateTrieBenchmark {
  private static final int ACCOUNTS = 1_000_000;
  private static final int WRITES = 5_000;

  private final Random random = new Random(5);
  private StateTrie trie = StateTrie.empty(NodeStore.NONE);
  private StateChanges block = StateChanges.NONE;

  @Setup(Level.Trial)
  public void fill() {
    TreeMap<Address, AccountChange> accounts = new TreeMap<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      accounts.put(Address.of(U256.of(i)), written());
    }
    trie.apply(new StateChanges(accounts, Collections.emptySortedMap()));
    trie.root();
  }

  @Setup(Level.Invocation)
  public void write() {
    TreeMap<Address, AccountChange> accounts = new TreeMap<>();
    while (accounts.size() < WRITES) {
      accounts.put(Address.of(U256.of(random.nextInt(ACCOUNTS))), written());
    }
    block = new StateChanges(accounts, Collections.emptySortedMap());
  }

  private AccountChange written() {
    return new AccountChange.Written(
        new AccountState(random.nextInt(1_000), U256.of(random.nextLong()), Hash.OF_NOTHING),
        false,
        Collections.emptySortedMap());
  }

  @Benchmark
  public Hash rootAfterABlock() {
    trie.apply(block);
    return trie.root();
  }
}
