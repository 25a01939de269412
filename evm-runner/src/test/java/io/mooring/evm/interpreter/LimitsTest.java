package io.mooring.evm.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.evm.Fork;
import io.mooring.evm.Halt;
import io.mooring.evm.Limits;
import io.mooring.evm.Message;
import io.mooring.evm.Outcome;
import io.mooring.evm.Outcome.Status;
import io.mooring.evm.U256;
import io.mooring.evm.state.WorldState;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final int HUGE_METHOD_BYTES = 8_000; // HotSpot's HugeMethodLimit

  /** {@code for (;;) sstore(0, gas)}. */
  private static final String STORE_FOREVER = "5b 5a 5f 55 5f 56";

  private static final String LOOP_FOREVER = "5b 5f 56";

  /** Doubles its memory for ever. */
  private static final String GROW_FOREVER = "5b 60 01 59 52 59 51 50 5f 56";

  /** Calls itself with all gas. */
  private static final String RECURSE = "5f 5f 5f 5f 5f 30 5a f1 60 01 5f 55";

  @Test
  void interruptsALoopThatOutlivesTheClockAndTakesEverythingBack() {
    AtomicLong now = new AtomicLong();
    Interpreter evm = new Interpreter(() -> now.getAndAdd(1_000_000));
    Limits limits = Limits.STANDARD.withWallMillisMax(3);

    for (String code : new String[] {LOOP_FOREVER, STORE_FOREVER}) {
      WorldState world = new WorldState(TestEnvironment.withContract(TestEnvironment.code(code)));
      Outcome outcome = run(evm, world, limits, Long.MAX_VALUE);

      assertEquals(Status.INTERRUPTED, outcome.status());
      assertEquals(Halt.DEADLINE_PASSED, outcome.halt());
      assertEquals(0, outcome.gasUsed());
      assertTrue(world.changes().isEmpty());
    }
  }

  @Test
  void aLoopWithoutClockTroubleRunsOutOfItsGas() {
    Outcome outcome = run(LOOP_FOREVER, Limits.STANDARD, 16_777_216);

    assertEquals(Status.HALTED, outcome.status());
    assertEquals(Halt.OUT_OF_GAS, outcome.halt());
    assertEquals(16_777_216, outcome.gasUsed());
  }

  @Test
  void interruptsWhatTakesMoreMemoryThanAllowed() {
    Limits limits = Limits.STANDARD.withHeapBytesMax(8 << 20);

    Outcome outcome = run(GROW_FOREVER, limits, Long.MAX_VALUE);

    assertEquals(Status.INTERRUPTED, outcome.status());
    assertEquals(Halt.HEAP_EXHAUSTED, outcome.halt());
    assertEquals(0, outcome.gasUsed());
  }

  @Test
  void memoryBeyondWhatGasCanBuyIsOutOfGas() {
    String far = "60 01 7f" + "ff".repeat(32) + "52";

    assertEquals(Halt.OUT_OF_GAS, run(far, Limits.STANDARD, Long.MAX_VALUE).halt());
  }

  @Test
  void callsEndAtDepth1024WithoutOverflowingJavasStack() {
    WorldState world = new WorldState(TestEnvironment.withContract(TestEnvironment.code(RECURSE)));

    Outcome outcome = run(new Interpreter(), world, Limits.STANDARD, Long.MAX_VALUE >> 1);

    assertEquals(Status.SUCCESS, outcome.status());
    assertEquals(U256.ONE, world.storage(TestEnvironment.CONTRACT, U256.ZERO));
  }

  @Test
  void framesAreAsGoodAsNewWhenUsedAgain() {
    Interpreter evm = new Interpreter();
    // Leaves ones in memory; then returns what fresh memory holds.
    runOn(evm, "5f 19 5f 52");
    Outcome outcome = runOn(evm, "60 20 5f f3");

    assertEquals(U256.ZERO, U256.of(outcome.output()));
  }

  @Test
  void theLoopIsSmallEnoughForHotSpotToCompile() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(BlockLoop.class.getResourceAsStream("BlockLoop.class"))) {
      int largest =
          ClassFile.of().parse(file.readAllBytes()).methods().stream()
              .mapToInt(m -> m.findAttribute(Attributes.code()).orElseThrow().codeLength())
              .max()
              .orElseThrow();

      assertTrue(largest < HUGE_METHOD_BYTES, "the loop has " + largest + " bytes");
    }
  }

  private static Outcome runOn(Interpreter evm, String code) {
    WorldState world = new WorldState(TestEnvironment.withContract(TestEnvironment.code(code)));
    return run(evm, world, Limits.STANDARD, 100_000);
  }

  private static Outcome run(String code, Limits limits, long gas) {
    WorldState world = new WorldState(TestEnvironment.withContract(TestEnvironment.code(code)));
    return run(new Interpreter(), world, limits, gas);
  }

  private static Outcome run(Interpreter evm, WorldState world, Limits limits, long gas) {
    Message message =
        Message.call(TestEnvironment.CALLER, TestEnvironment.CONTRACT, U256.ZERO, new byte[0], gas);
    return evm.execute(message, TestEnvironment.of(Fork.NEWEST, limits), world);
  }
}
