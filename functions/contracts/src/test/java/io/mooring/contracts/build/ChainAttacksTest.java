package io.mooring.contracts.build;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.billing.Meter;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.Place;
import io.mooring.contracts.chain.Submission;
import io.mooring.evm.Address;
import io.mooring.evm.ContractAddress;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.block.BlockHeader;
import io.mooring.evm.block.Receipt;
import io.mooring.evm.interpreter.Interpreter;
import io.mooring.evm.transaction.Refusal;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.platform.commit.Usage;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that wants more than its due, on the chain that it is sent to: faults 54 to 59. */
class ChainAttacksTest {
  private static final long GAS_MAX = 1 << 24;

  private static final String LOOP_FOREVER = "5b5f56";

  /** Works, and then spends all that is left. */
  private static final String WORK_AND_LOOP = "60015f55" + "5b600456";

  private static final String WORK_AND_REVERT = "60015f55" + "5f5ffd";

  private final World world = new World();
  private final List<List<Usage>> charged = new CopyOnWriteArrayList<>();
  private final LedgerChain chain =
      world.process(
          write -> {
            charged.add(write.usages());
            return Optional.empty();
          });

  private final long[] nonces = new long[8];

  private SignedTransaction signed(int key, @Nullable Address to, String data, long gas) {
    return World.sign(
        new Transaction.DynamicFee(
            World.CHAIN_ID,
            nonces[key]++,
            U256.ZERO,
            U256.ZERO,
            gas,
            to,
            U256.ZERO,
            HexFormat.of().parseHex(data),
            List.of()),
        key);
  }

  private Receipt sent(int key, @Nullable Address to, String data, long gas) {
    SignedTransaction transaction = signed(key, to, data, gas);
    assertEquals(new Submission.Accepted(transaction.hash()), World.send(chain, transaction));
    Place place = chain.place(transaction.hash()).orElseThrow();
    ChainBlock block = chain.block(place.block()).orElseThrow();
    assertEquals(1, block.transactions().size());
    return block.receipts().getFirst();
  }

  /** Puts code on the chain. */
  private Address deployed(String code) {
    Address address = ContractAddress.of(World.address(1), nonces[1]);
    assertTrue(succeeded(sent(1, null, initCode(code), GAS_MAX)), code);
    return address;
  }

  /** Code that leaves {@code code} behind. */
  private static String initCode(String code) {
    return "61%04x80600a5f395ff3".formatted(code.length() / 2) + code;
  }

  private static boolean succeeded(Receipt receipt) {
    return assertInstanceOf(Receipt.Result.Status.class, receipt.result()).success();
  }

  private U256 storage(Address contract, long slot) {
    return chain.state(chain.latest().number()).source().storage(contract, U256.of(slot));
  }

  private long chargedGas() {
    return charged.getLast().stream()
        .filter(usage -> usage.meter() == Meter.GAS)
        .mapToLong(Usage::quantity)
        .sum();
  }

  @Test
  void anEndlessLoopCostsAllOfItsGasAndNoMoreThanTheCap() {
    Address loop = deployed(LOOP_FOREVER);

    Receipt receipt = sent(2, loop, "", GAS_MAX);

    assertFalse(succeeded(receipt));
    assertEquals(GAS_MAX, receipt.cumulativeGasUsed());
    assertEquals(GAS_MAX, chargedGas());
    for (long gas : new long[] {GAS_MAX + 1, Long.MAX_VALUE, -1}) {
      Submission.Invalid refused =
          assertInstanceOf(Submission.Invalid.class, World.send(chain, signed(3, loop, "", gas)));
      assertEquals(Refusal.GAS_LIMIT_ABOVE_CAP, refused.refusal());
    }
    world.replayed();
  }

  @Test
  void whatOurWatchdogStopsIsVoidAndCostsNothing() {
    Address loop = deployed(LOOP_FOREVER);
    AtomicLong now = new AtomicLong();
    world.evm = new Interpreter(() -> now.getAndAdd(1_000_000_000L)); // an hour in a moment
    int before = charged.size();
    LedgerChain slow =
        world.process(
            write -> {
              charged.add(write.usages());
              return Optional.empty();
            });
    SignedTransaction stopped = signed(2, loop, "", GAS_MAX);

    assertInstanceOf(Submission.TooHeavy.class, World.send(slow, stopped));

    assertEquals(before, charged.size(), "something was charged");
    assertTrue(slow.place(stopped.hash()).isEmpty());
    assertTrue(slow.pool().find(stopped.hash()).isEmpty());
    SignedTransaction next = World.pay(2, 0, World.COUNTING, 1);
    assertEquals(new Submission.Accepted(next.hash()), World.send(slow, next), "its nonce is free");
    world.replayed();
  }

  /** As in a process that freezes in the middle of a transaction, and goes on an hour later. */
  @Test
  void whatAFrozenProcessWasExecutingIsExecutedAgain() {
    Address loop = deployed(LOOP_FOREVER);
    AtomicLong asked = new AtomicLong();
    world.evm = new Interpreter(() -> asked.incrementAndGet() < 3 ? 0 : 3_600_000_000_000L);
    LedgerChain thawed = world.process();
    SignedTransaction heavy = signed(2, loop, "", GAS_MAX);

    assertEquals(new Submission.Accepted(heavy.hash()), World.send(thawed, heavy));

    assertTrue(asked.get() > 3, "the clock was not asked");
    assertTrue(thawed.place(heavy.hash()).isPresent());
    world.replayed();
  }

  /** Each frame takes so much memory, and calls itself with what gas is left. */
  @ParameterizedTest(name = "{0} bytes a frame")
  @ValueSource(ints = {16 << 10, 64 << 10, 256 << 10, 1 << 20})
  void memoryThatGasCanBuyIsPaidForAndStopsNothing(int bytes) {
    Address greedy = deployed("5f62%06x52".formatted(bytes) + "5f5f5f5f5f305af1" + "00");

    Receipt receipt = sent(2, greedy, "", GAS_MAX);

    assertTrue(succeeded(receipt));
    assertTrue(chargedGas() > 500_000, "used: " + chargedGas());
    assertEquals(receipt.cumulativeGasUsed(), chargedGas());
    world.replayed();
  }

  @Test
  void aReceiptWithTwoMegabytesOfLogsGoesIntoASegmentAndComesBack() {
    int each = 1 << 16;
    int many = 30;
    Address loud = deployed("620100005fa0".repeat(many));

    Receipt receipt = sent(2, loud, "", GAS_MAX);

    assertTrue(succeeded(receipt));
    assertEquals(many, receipt.logs().size());
    long segment =
        world.blobs.list(World.LEDGER.tenant() + "/", "").stream()
            .filter(object -> object.name().toString().contains("/segment/"))
            .mapToLong(object -> world.blobs.length(object.name()).orElse(0L))
            .max()
            .orElse(0);
    assertTrue(segment > (long) each * many, "the largest segment has " + segment + " bytes");
    long height = chain.latest().number();
    Receipt again = world.process().block(height).orElseThrow().receipts().getFirst();
    assertEquals(many, again.logs().size());
    assertArrayEquals(new byte[each], again.logs().getLast().data());
    world.replayed();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "code of 24576 bytes, 6160005ff3, true",
    "code of 24577 bytes, 6160015ff3, false",
    "code that begins with 0xEF, 60ef5f5360015ff3, false",
    "a constructor out of gas, 5b5f56, false",
    "a constructor that makes itself again and again, 38805f5f395f5f385f5ff000, true",
    "a constructor that destroys what it makes, 33ff, true"
  })
  void aCreationEndsAsTheSpecificationSays(String what, String init, boolean succeeds) {
    Address made = ContractAddress.of(World.address(2), nonces[2]);

    Receipt receipt = sent(2, null, init, GAS_MAX);

    assertEquals(succeeds, succeeded(receipt), what);
    boolean isThere = chain.state(chain.latest().number()).source().account(made).isPresent();
    assertEquals(succeeds && !init.equals("33ff"), isThere, what);
    assertEquals(receipt.cumulativeGasUsed(), chargedGas());
    world.replayed();
  }

  @Test
  void initCodeIsBoundedBeforeThePool() {
    String most = "00".repeat(49_152);

    assertTrue(succeeded(sent(2, null, most, GAS_MAX)));
    Submission.Invalid refused =
        assertInstanceOf(
            Submission.Invalid.class, World.send(chain, signed(3, null, most + "00", GAS_MAX)));
    assertEquals(Refusal.INIT_CODE_TOO_LARGE, refused.refusal());
  }

  @Test
  void callsEndAtTheirDepthAndAnswersThatNobodyAskedForAreNotCopied() {
    // Calls itself until it cannot, and then writes that it went on.
    Address deep = deployed("5f5f5f5f5f305af1" + "60015f55");
    assertTrue(succeeded(sent(2, deep, "", GAS_MAX)));
    assertEquals(U256.ONE, storage(deep, 0));

    Address bomb = deployed("621000005ff3"); // returns a megabyte
    String call = "5f5f5f5f5f73" + HexFormat.of().formatHex(bomb.bytes()) + "5af1";
    Address victim = deployed(call + "3d5f55"); // and the caller stores how much that was
    Receipt receipt = sent(2, victim, "", GAS_MAX);
    assertTrue(succeeded(receipt));
    assertEquals(U256.of(1 << 20), storage(victim, 0));

    Address gone = deployed("33ff");
    assertTrue(succeeded(sent(2, gone, "", GAS_MAX)));
    assertTrue(
        chain.state(chain.latest().number()).source().account(gone).isPresent(),
        "what was made before stays (EIP-6780)");
    world.replayed();
  }

  @Test
  void workThatIsTakenBackIsPaidAndLeavesNoState() {
    for (String code : List.of(WORK_AND_REVERT, WORK_AND_LOOP)) {
      Address contract = deployed(code);
      long before = charged.size();

      Receipt receipt = sent(2, contract, "", 200_000);

      assertFalse(succeeded(receipt), code);
      assertEquals(before + 1, charged.size());
      assertEquals(receipt.cumulativeGasUsed(), chargedGas());
      assertTrue(chargedGas() > 40_000, "the write was worked on: " + chargedGas());
      assertEquals(U256.ZERO, storage(contract, 0), code);
    }

    Address thief = deployed(WORK_AND_LOOP);
    String call = "5f5f5f5f5f73" + HexFormat.of().formatHex(thief.bytes()) + "5af1";
    Address robbed = deployed(call + "60015f55");
    Receipt receipt = sent(2, robbed, "", 3_000_000);
    assertTrue(succeeded(receipt), "a sixty-fourth stays with the caller (EIP-150)");
    assertEquals(U256.ONE, storage(robbed, 0));
    assertEquals(U256.ZERO, storage(thief, 0));
    assertEquals(receipt.cumulativeGasUsed(), chargedGas());
    world.replayed();
  }

  @Test
  void whatCodeAsksOfItsBlockIsFixedByThatBlock() {
    // TIMESTAMP, PREVRANDAO, COINBASE, NUMBER, GASLIMIT, BASEFEE, CHAINID, BLOCKHASH(NUMBER - 1)
    StringBuilder code = new StringBuilder();
    List<String> asks = List.of("42", "44", "41", "43", "45", "48", "46", "6001430340");
    for (int slot = 0; slot < asks.size(); slot++) {
      code.append(asks.get(slot)).append("60%02x55".formatted(slot));
    }
    Address probe = deployed(code.toString());
    List<Hash> randomness = new ArrayList<>();
    for (int times = 0; times < 3; times++) {
      assertTrue(succeeded(sent(2, probe, "", GAS_MAX)));

      ChainBlock block = chain.latest();
      BlockHeader header = block.header();
      assertEquals(U256.of(header.timestamp()), storage(probe, 0));
      assertEquals(header.mixHash().word(), storage(probe, 1));
      assertEquals(U256.ZERO, storage(probe, 2));
      assertEquals(U256.of(header.number()), storage(probe, 3));
      assertEquals(U256.of(header.gasLimit()), storage(probe, 4));
      assertEquals(header.baseFee(), storage(probe, 5));
      assertEquals(U256.of(World.CHAIN_ID), storage(probe, 6));
      assertEquals(header.parentHash().word(), storage(probe, 7));
      assertEquals(Hash.keccak(header.parentHash().bytes()), header.mixHash());
      randomness.add(header.mixHash());
    }
    assertEquals(3, randomness.stream().distinct().count());
    // Executed again from the genesis, in a context made of the headers alone: the same roots.
    assertEquals(chain.latest().hash(), world.replayed().getLast().hash());
  }
}
