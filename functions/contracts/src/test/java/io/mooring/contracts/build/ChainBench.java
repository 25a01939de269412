package io.mooring.contracts.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.billing.Asset;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.Sending;
import io.mooring.contracts.chain.Submission;
import io.mooring.evm.Address;
import io.mooring.evm.U256;
import io.mooring.evm.transaction.Transaction;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.EscrowChange;
import io.mooring.platform.commit.PurseInMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Signed token transfers through one chain in one process, without HTTP: decoded, recovered,
 * executed, committed with real roots, acknowledged. {@code -Dtest=ChainBench -Dbench=all}.
 */
@EnabledIfSystemProperty(named = "bench", matches = ".+", disabledReason = "a measurement")
class ChainBench {
  private static final int SENDERS = 50;
  private static final int WARM = Integer.getInteger("warm", 10_000);
  private static final int TRANSFERS = Integer.getInteger("transfers", 50_000);
  private static final int IN_FLIGHT = Integer.getInteger("inFlight", 2_000);

  private static final int TURNS = 8;
  private static final int WARM_TURNS = 4;
  private static final int TURN_TRANSFERS = 5_000;
  private static final long PLENTY = 1_000_000_000_000_000L;

  @Test
  void tokenTransfersOnStoresInMemory() throws InterruptedException {
    World world = new World();
    LedgerChain chain = world.process();
    List<byte[]> signed = signed(WARM + TRANSFERS);

    run(chain, signed.subList(0, WARM));
    long blocksBefore = chain.latest().number();
    long began = System.nanoTime();
    Duration cpuBefore = cpu();
    long[] millis = run(chain, signed.subList(WARM, signed.size()));
    double seconds = (System.nanoTime() - began) / 1e9;
    double cpuMicros = cpu().minus(cpuBefore).toNanos() / 1e3 / TRANSFERS;

    Arrays.sort(millis);
    ChainBlock latest = chain.latest();
    System.out.printf(
        "%d transfers in %.1f s: %.0f/s, %.0f us of processor each, %d blocks,"
            + " answered after %d ms (p50), %d ms (p99)%n",
        TRANSFERS,
        seconds,
        TRANSFERS / seconds,
        cpuMicros,
        latest.number() - blocksBefore,
        millis[millis.length / 2],
        millis[millis.length * 99 / 100]);
    long sum = 0;
    for (int i = 0; i < 1_000; i++) {
      sum +=
          chain
              .state(latest.number())
              .source()
              .storage(Token.ADDRESS, Token.slot(receiver(i)))
              .w0();
    }
    assertEquals(signed.size(), sum);
  }

  /**
   * What metering takes from transfers: chains that are charged and chains on a platform without
   * prices take turns, each new, so that whatever else the machine does slows both.
   */
  @Test
  void tokenTransfersMeteredAndUnmetered() throws InterruptedException {
    List<byte[]> signed = signed(TURN_TRANSFERS);
    for (int i = 0; i < WARM_TURNS; i++) {
      rate(signed, i % 2 == 0);
    }
    List<Double> without = new ArrayList<>();
    List<Double> with = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      boolean meteredFirst = turn % 2 == 1; // ABBA
      double first = rate(signed, meteredFirst);
      double second = rate(signed, !meteredFirst);
      with.add(meteredFirst ? first : second);
      without.add(meteredFirst ? second : first);
      ratios.add((with.getLast() / without.getLast() - 1) * 100);
    }

    Collections.sort(without);
    Collections.sort(with);
    Collections.sort(ratios);
    System.out.printf(
        Locale.ROOT,
        "| transfers on a chain: %,.0f/s unmetered, %,.0f/s metered, %+.1f %% (median of %d pairs,"
            + " half of them from %+.1f to %+.1f %%) |%n",
        median(without),
        median(with),
        median(ratios),
        TURNS,
        ratios.get(TURNS / 4),
        ratios.get(TURNS - 1 - TURNS / 4));
  }

  /** How many of these transfers a second a new chain takes. */
  private static double rate(List<byte[]> signed, boolean metered) throws InterruptedException {
    System.gc(); // nobody pays for what the turn before left
    World world = new World();
    PurseInMemory purse = new PurseInMemory().with(Asset.CPC, PLENTY).generous(PLENTY / 1_000);
    LedgerChain chain = metered ? world.metered(purse) : world.process();
    long began = System.nanoTime();
    run(chain, signed);
    double rate = signed.size() * 1e9 / (System.nanoTime() - began);

    Commits commits = new Commits(world.store, world.blobs);
    long charged =
        commits.tip(World.LEDGER).orElseThrow().bill().escrows().stream()
            .mapToLong(EscrowChange::spentEver)
            .sum();
    assertEquals(metered, charged > 0, charged + " units were charged");
    return rate;
  }

  private static double median(List<Double> sorted) {
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static Address receiver(int i) {
    return new Address(7, 7, i % 1_000);
  }

  private static List<byte[]> signed(int count) {
    List<byte[]> signed = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Transaction content =
          new Transaction.DynamicFee(
              World.CHAIN_ID,
              i / SENDERS,
              U256.ZERO,
              U256.ZERO,
              100_000,
              Token.ADDRESS,
              U256.ZERO,
              Token.transfer(receiver(i), 1),
              List.of());
      signed.add(World.sign(content, i % SENDERS + 1).encode());
    }
    return signed;
  }

  private static long[] run(LedgerChain chain, List<byte[]> signed) throws InterruptedException {
    Semaphore room = new Semaphore(IN_FLIGHT);
    AtomicInteger refused = new AtomicInteger();
    long[] millis = new long[signed.size()];
    for (int i = 0; i < signed.size(); i++) {
      int which = i;
      room.acquire();
      long began = System.nanoTime();
      var unused =
          chain
              .submit(Sending.of(signed.get(i), "key_1"))
              .whenComplete(
                  (answer, failure) -> {
                    millis[which] = (System.nanoTime() - began) / 1_000_000;
                    if (!(answer instanceof Submission.Accepted)) {
                      refused.incrementAndGet();
                      System.out.println(answer + " " + failure);
                    }
                    room.release();
                  });
    }
    room.acquire(IN_FLIGHT);
    assertEquals(0, refused.get());
    return millis;
  }
}
