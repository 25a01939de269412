package io.mooring.contracts.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnsTest {
  private static final String GREEDY = "ten_greedy";
  private static final String MODEST = "ten_modest";

  private final CountDownLatch gate = new CountDownLatch(1);
  private final Turns turns = new Turns(3, 2, 4);

  @AfterEach
  void close() {
    gate.countDown();
    turns.close();
  }

  private String waitsAtTheGate() {
    try {
      assertTrue(gate.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    return "done";
  }

  @Test
  void aTenantWhoFillsItsTurnsLeavesOthersTheirs() {
    List<CompletableFuture<String>> greedy = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      greedy.add(turns.take(GREEDY, this::waitsAtTheGate));
    }

    assertEquals("mine", turns.take(MODEST, () -> "mine").join());
    assertEquals(0, greedy.stream().filter(CompletableFuture::isDone).count());
    gate.countDown();
    greedy.forEach(work -> assertEquals("done", work.join()));
  }

  @Test
  void aFullLineIsRefusedAtOnceAndGoesOnWhenItMoved() {
    List<CompletableFuture<String>> taken = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      taken.add(turns.take(GREEDY, this::waitsAtTheGate));
    }

    CompletionException refused =
        assertThrows(CompletionException.class, turns.take(GREEDY, this::waitsAtTheGate)::join);

    assertEquals(RpcError.LIMIT_EXCEEDED, ((RpcException) refused.getCause()).error().code());
    gate.countDown();
    taken.forEach(CompletableFuture::join);
    assertEquals("again", turns.take(GREEDY, () -> "again").join());
  }

  @Test
  void workThatFailsGivesItsTurnBack() {
    for (int i = 0; i < 10; i++) {
      CompletableFuture<String> failing =
          turns.take(
              GREEDY,
              () -> {
                throw new IllegalStateException("on purpose");
              });
      assertThrows(CompletionException.class, failing::join);
    }
    assertEquals("fine", turns.take(GREEDY, () -> "fine").join());
  }
}
