package io.mooring.evm.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Evm;
import io.mooring.evm.Fork;
import io.mooring.evm.Halt;
import io.mooring.evm.Outcome;
import io.mooring.evm.Outcome.Status;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.crypto.Signature;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.MemoryState;
import io.mooring.evm.state.WorldState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settlement around a message, with an engine that does what the test says. */
class TransactionProcessorTest {
  private static final Address SENDER = Address.fromHex("aa".repeat(20));
  private static final Address TO = Address.fromHex("bb".repeat(20));
  private static final Address MINER = Address.fromHex("cc".repeat(20));
  private static final U256 ETHER = U256.of(1_000_000_000_000_000_000L);
  private static final BlockSpace SPACE = new BlockSpace(30_000_000, 786_432);

  private final MemoryState source = new MemoryState().put(SENDER, 5, ETHER, Code.NONE);
  private final WorldState state = new WorldState(source);

  private static Evm ending(Status status, Halt halt, long gasUsed, long refund) {
    return (message, environment, world, tracer) -> {
      if (status == Status.INTERRUPTED) {
        world.debit(message.caller(), U256.ONE);
        world.credit(message.to(), U256.ONE);
      }
      world.refund(refund);
      long left = message.gas() - gasUsed;
      return new Outcome(status, halt, gasUsed, left, refund, new byte[0], List.of(), List.of());
    };
  }

  private static Evm succeeding(long gasUsed, long refund) {
    return ending(Status.SUCCESS, Halt.NONE, gasUsed, refund);
  }

  private static BlockContext block(long baseFee) {
    return new BlockContext(
        1,
        1,
        30_000_000,
        MINER,
        U256.ZERO,
        U256.of(baseFee),
        U256.ONE,
        1,
        BlockContext.BlockHashes.NONE);
  }

  private static Transaction.DynamicFee fee(long nonce, long tip, long fee, long gas) {
    return new Transaction.DynamicFee(
        1, nonce, U256.of(tip), U256.of(fee), gas, TO, U256.ZERO, new byte[0], List.of());
  }

  private TransactionResult run(Evm evm, Transaction transaction, Fork fork, long baseFee) {
    return new TransactionProcessor(evm)
        .process(transaction, SENDER, TransactionRules.of(fork, 1), block(baseFee), SPACE, state);
  }

  @Test
  void paysTheMinerTheTipAndBurnsTheBaseFee() {
    TransactionResult result = run(succeeding(9_000, 0), fee(5, 2, 100, 50_000), Fork.OSAKA, 7);

    TransactionResult.Executed executed =
        assertInstanceOf(TransactionResult.Executed.class, result);
    assertEquals(30_000, executed.gasUsed());
    assertEquals(U256.of(9), executed.gasPrice());
    assertEquals(U256.of(2 * 30_000), state.balance(MINER));
    assertEquals(ETHER.minus(U256.of(9 * 30_000)), state.balance(SENDER));
    assertEquals(6, state.nonce(SENDER));
  }

  @Test
  void anInterruptedExecutionChargesNothingAndChangesNothing() {
    Evm stopped = ending(Status.INTERRUPTED, Halt.DEADLINE_PASSED, 9_000, 100);

    TransactionResult result = run(stopped, fee(5, 2, 100, 50_000), Fork.OSAKA, 7);

    assertEquals(new TransactionResult.Interrupted(Halt.DEADLINE_PASSED), result);
    assertTrue(state.changes().isEmpty(), () -> state.changes().toString());
    TransactionResult again = run(succeeding(9_000, 0), fee(5, 2, 100, 50_000), Fork.OSAKA, 7);
    assertInstanceOf(TransactionResult.Executed.class, again);
  }

  @ParameterizedTest(name = "{0}: {1} of {2} refunded")
  @CsvSource({
    "BERLIN, 15000, 20000, 15000",
    "BERLIN, 30000, 20000, 20500",
    "LONDON, 30000, 20000, 8200",
    "OSAKA, 5000, 20000, 5000"
  })
  void capsRefundsAtAFractionOfTheGas(Fork fork, long refund, long gasUsed, long refunded) {
    Transaction transaction =
        new Transaction.AccessListed(
            1, 5, U256.of(100), 100_000, TO, U256.ZERO, new byte[0], List.of());

    TransactionResult result = run(succeeding(gasUsed, refund), transaction, fork, 0);

    TransactionResult.Executed executed =
        assertInstanceOf(TransactionResult.Executed.class, result);
    assertEquals(refunded, executed.gasRefunded());
    assertEquals(41_000 - refunded, executed.gasUsed());
  }

  @Test
  void neverTakesLessThanTheFloorOfTheData() {
    byte[] data = new byte[1_000];
    Transaction transaction =
        new Transaction.Legacy(0, 5, U256.of(100), 100_000, TO, U256.ZERO, data);

    TransactionResult result = run(succeeding(0, 0), transaction, Fork.PRAGUE, 0);

    assertEquals(31_000, assertInstanceOf(TransactionResult.Executed.class, result).gasUsed());
  }

  @ParameterizedTest(name = "{4}")
  @CsvSource({
    "5, 2, 1, 50000, TIP_ABOVE_FEE",
    "5, 2, 6, 50000, FEE_BELOW_BASE_FEE",
    "4, 2, 9, 50000, NONCE_TOO_LOW",
    "6, 2, 9, 50000, NONCE_TOO_HIGH",
    "-1, 2, 9, 50000, NONCE_AT_MAXIMUM",
    "5, 2, 9, 20999, INTRINSIC_GAS_TOO_LOW",
    "5, 2, 9, 16777217, GAS_LIMIT_ABOVE_CAP",
    "5, 2, 9, -1, GAS_LIMIT_ABOVE_CAP",
    "5, 2, 20000000000000, 50001, INSUFFICIENT_FUNDS"
  })
  void refuses(long nonce, long tip, long fee, long gas, Refusal reason) {
    TransactionResult result = run(succeeding(0, 0), fee(nonce, tip, fee, gas), Fork.OSAKA, 7);

    assertEquals(new TransactionResult.Refused(reason), result);
    assertTrue(state.changes().isEmpty());
  }

  @Test
  void takesExactlySixteenMillionGasButNotOneMore() {
    assertInstanceOf(
        TransactionResult.Executed.class,
        run(succeeding(0, 0), fee(5, 0, 7, TransactionRules.GAS_LIMIT_MAX), Fork.OSAKA, 7));
    assertEquals(
        new TransactionResult.Refused(Refusal.GAS_LIMIT_ABOVE_CAP),
        run(succeeding(0, 0), fee(6, 0, 7, TransactionRules.GAS_LIMIT_MAX + 1), Fork.OSAKA, 7));
  }

  @Test
  void refusesAContractAsSenderButNotOneThatDelegates() {
    source.put(SENDER, 5, ETHER, Code.of(new byte[] {0x00}));
    assertEquals(
        new TransactionResult.Refused(Refusal.SENDER_HAS_CODE),
        run(succeeding(0, 0), fee(5, 0, 7, 21_000), Fork.OSAKA, 7));
    source.put(SENDER, 5, ETHER, Code.delegatingTo(TO));
    WorldState delegated = new WorldState(source);
    assertInstanceOf(
        TransactionResult.Executed.class,
        new TransactionProcessor(succeeding(0, 0))
            .process(
                fee(5, 0, 7, 21_000),
                SENDER,
                TransactionRules.of(Fork.OSAKA, 1),
                block(7),
                SPACE,
                delegated));
  }

  @Test
  void refusesWhatDoesNotFitTheBlockAnyMore() {
    assertEquals(
        new TransactionResult.Refused(Refusal.BLOCK_GAS_EXCEEDED),
        new TransactionProcessor(succeeding(0, 0))
            .process(
                fee(5, 0, 7, 21_001),
                SENDER,
                TransactionRules.of(Fork.OSAKA, 1),
                block(7),
                new BlockSpace(21_000, 0),
                state));
  }

  @Test
  void letsAnAccountDelegateByItsWordAndRefundsOneThatWasThere() {
    Secp256k1 curve = Secp256k1.fastest();
    byte[] secret = new byte[32];
    secret[31] = 1;
    Address authority = curve.publicKey(secret).address();
    source.put(authority, 3, U256.ONE, Code.NONE);
    Authorization word = signed(curve, secret, 3);
    Authorization stale = signed(curve, secret, 3);

    TransactionResult result =
        run(
            succeeding(0, 0),
            new Transaction.SetCode(
                1,
                5,
                U256.ZERO,
                U256.of(7),
                100_000,
                TO,
                U256.ZERO,
                new byte[0],
                List.of(),
                List.of(word, stale)),
            Fork.PRAGUE,
            7);

    TransactionResult.Executed executed =
        assertInstanceOf(TransactionResult.Executed.class, result);
    assertEquals(12_500, executed.gasRefunded());
    assertEquals(Code.delegatingTo(TO).hash(), state.code(authority).hash());
    assertEquals(4, state.nonce(authority));
  }

  private static Authorization signed(Secp256k1 curve, byte[] secret, long nonce) {
    Authorization unsigned = new Authorization(U256.ONE, TO, nonce, 0, U256.ZERO, U256.ZERO);
    Signature signature = curve.sign(unsigned.signingHash().bytes(), secret);
    return new Authorization(
        U256.ONE, TO, nonce, signature.yParity(), signature.r(), signature.s());
  }
}
