package io.mooring.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SlowRefusalsTest {
  private static final Duration MOST = Duration.ofMillis(100);
  private static final Duration TURN = Duration.ofMillis(30);

  private final AtomicInteger slept = new AtomicInteger();

  static void neverSleep(Duration turn) {
    throw new AssertionError("nobody is to wait for " + turn);
  }

  @Test
  void whoIsRefusedWaitsForItsTurn() throws Exception {
    SlowRefusals refusals = new SlowRefusals(() -> MOST, this::count);

    Thread.ofVirtual().start(() -> refusals.pause(TURN)).join();

    assertEquals(1, slept.get());
  }

  @Test
  void nobodyWaitsLongerThanIsWanted() throws Exception {
    AtomicReference<Duration> slept = new AtomicReference<>(Duration.ZERO);
    SlowRefusals refusals = new SlowRefusals(() -> MOST, slept::set);

    Thread.ofVirtual().start(() -> refusals.pause(MOST.plusMillis(1))).join();

    assertEquals(MOST, slept.get());
  }

  @Test
  void aThreadThatOthersWaitForNeverSleeps() {
    new SlowRefusals(() -> MOST, SlowRefusalsTest::neverSleep).pause(TURN);
  }

  @Test
  void nobodyWaitsWhereThatIsNotWanted() throws Exception {
    SlowRefusals refusals = new SlowRefusals(() -> Duration.ZERO, this::count);

    Thread.ofVirtual().start(() -> refusals.pause(TURN)).join();

    assertEquals(0, slept.get());
  }

  @Test
  void moreThanMayWaitAreRefusedAtOnceAndThereIsRoomAgainAfterThem() throws Exception {
    CountDownLatch asleep = new CountDownLatch(SlowRefusals.WAITING_MAX);
    CountDownLatch over = new CountDownLatch(1);
    SlowRefusals refusals =
        new SlowRefusals(
            () -> MOST,
            turn -> {
              count(turn);
              asleep.countDown();
              over.await();
            });
    Thread[] waiting = new Thread[SlowRefusals.WAITING_MAX];
    for (int i = 0; i < waiting.length; i++) {
      waiting[i] = Thread.ofVirtual().start(() -> refusals.pause(TURN));
    }
    asleep.await();

    Thread.ofVirtual().start(() -> refusals.pause(TURN)).join();
    assertEquals(SlowRefusals.WAITING_MAX, slept.get());

    over.countDown();
    for (Thread thread : waiting) {
      thread.join();
    }
    Thread.ofVirtual().start(() -> refusals.pause(TURN)).join();
    assertEquals(SlowRefusals.WAITING_MAX + 1, slept.get());
  }

  private void count(Duration turn) {
    assertEquals(TURN, turn);
    slept.incrementAndGet();
  }
}
