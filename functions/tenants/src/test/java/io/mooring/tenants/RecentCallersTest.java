package io.mooring.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mooring.ledger.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentCallersTest {
  private static final Hash KEY = Hash.ofBytes("mk_1".getBytes(StandardCharsets.UTF_8));

  private final RecentCallers recent = new RecentCallers();
  private final AtomicInteger lookups = new AtomicInteger();

  @Test
  void aRequestSharesTheLookupThatIsUnderWay() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Thread first =
        Thread.ofPlatform()
            .start(
                () ->
                    recent.judged(
                        KEY,
                        () -> {
                          begun.countDown();
                          await(mayEnd);
                          return counted();
                        }));
    begun.await();
    Thread second = Thread.ofPlatform().start(() -> recent.judged(KEY, this::counted));
    while (second.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }

    mayEnd.countDown();
    first.join();
    second.join();

    assertEquals(1, lookups.get());
  }

  @Test
  void whoComesAfterARevocationDoesNotShareALookupFromBefore() {
    recent.judged(
        KEY,
        () -> {
          lookups.incrementAndGet();
          recent.forget();
          return recent.judged(KEY, this::counted);
        });

    assertEquals(2, lookups.get());
  }

  @Test
  void aLookupThatFailsFailsThoseWhoShareItAndNobodyElse() {
    assertThrows(
        IllegalStateException.class,
        () ->
            recent.judged(
                KEY,
                () -> {
                  throw new IllegalStateException("no store");
                }));

    assertEquals(Optional.empty(), recent.judged(KEY, this::counted));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<Authorised> counted() {
    lookups.incrementAndGet();
    return Optional.empty();
  }
}
