package io.mooring.evm.interpreter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.evm.Fork;
import io.mooring.evm.Limits;
import io.mooring.evm.Message;
import io.mooring.evm.Outcome;
import io.mooring.evm.Tracer;
import io.mooring.evm.U256;
import io.mooring.evm.state.WorldState;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blocks of fused instructions against the same code step by step, on random programs. */
class StepwiseAgreementTest {
  private static final long SEED = Long.getLong("seed", 20_261_121);
  private static final int PROGRAMS = 4_000;
  private static final int LENGTH_MAX = 160;
  private static final int GAS_MAX = 200_000;

  private final Interpreter evm = new Interpreter();

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = Fork.class,
      names = {"FRONTIER", "BYZANTIUM", "ISTANBUL", "OSAKA"})
  void fusedAndStepwiseEndAlike(Fork fork) {
    SplittableRandom random = new SplittableRandom(SEED + fork.ordinal());
    for (int i = 0; i < PROGRAMS; i++) {
      byte[] code = program(random);
      long gas = random.nextInt(GAS_MAX);
      WorldState fast = new WorldState(TestEnvironment.withContract(code));
      WorldState slow = new WorldState(TestEnvironment.withContract(code));

      Outcome fused = run(fork, code, gas, fast, Tracer.NONE);
      Outcome stepwise = run(fork, code, gas, slow, new Tracer() {});

      String program = "seed " + SEED + ", " + gas + " gas, " + HexFormat.of().formatHex(code);
      assertEquals(stepwise.status(), fused.status(), program);
      assertEquals(stepwise.halt(), fused.halt(), program);
      assertEquals(stepwise.gasLeft(), fused.gasLeft(), program);
      assertEquals(stepwise.refund(), fused.refund(), program);
      assertArrayEquals(stepwise.output(), fused.output(), program);
      assertEquals(stepwise.logs().size(), fused.logs().size(), program);
      assertEquals(slow.changes().accounts(), fast.changes().accounts(), program);
    }
  }

  private Outcome run(Fork fork, byte[] code, long gas, WorldState world, Tracer tracer) {
    Message message =
        Message.call(
            TestEnvironment.CALLER,
            TestEnvironment.CONTRACT,
            U256.of(3),
            new byte[] {1, 2, 3, 4, 5},
            gas);
    return evm.execute(message, TestEnvironment.of(fork, Limits.STANDARD), world, tracer);
  }

  /** Mostly stack traffic and arithmetic, on a stack that is seldom empty, with jumps that hit. */
  private static byte[] program(SplittableRandom random) {
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    for (int i = 0; i < 6; i++) {
      push(code, random);
    }
    int length = 1 + random.nextInt(LENGTH_MAX);
    while (code.size() < length) {
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> push(code, random);
        case 3, 4 -> code.write(0x80 + random.nextInt(6));
        case 5, 6 -> code.write(0x90 + random.nextInt(6));
        case 7, 8 -> code.write(random.nextInt(0x20));
        case 9 -> code.write(0x30 + random.nextInt(0x30));
        case 10 -> {
          code.write(0x5b);
          if (random.nextBoolean()) { // forward or back to somewhere near
            code.write(0x60);
            code.write(Math.max(0, code.size() + random.nextInt(-20, 20)));
            code.write(random.nextBoolean() ? 0x57 : 0x56);
          }
        }
        default -> code.write(random.nextInt(256));
      }
    }
    // Whatever is on top becomes the output.
    for (int b : new int[] {0x60, 0, 0x52, 0x60, 0x20, 0x60, 0, 0xf3}) {
      code.write(b);
    }
    return code.toByteArray();
  }

  private static void push(ByteArrayOutputStream code, SplittableRandom random) {
    int bytes = random.nextInt(4) == 0 ? 32 : 1 + random.nextInt(2);
    code.write(0x5f + bytes);
    int fill = random.nextInt(3);
    for (int i = 0; i < bytes; i++) {
      code.write(fill == 0 ? 0xff : fill == 1 ? random.nextInt(256) : i == bytes - 1 ? 0x20 : 0);
    }
  }
}
