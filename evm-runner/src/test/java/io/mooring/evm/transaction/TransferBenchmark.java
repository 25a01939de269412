package io.mooring.evm.transaction;

import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.interpreter.Interpreter;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.MemoryState;
import io.mooring.evm.state.WorldState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a plain transfer costs: to find out who sent it, and to process it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@org.openjdk.jmh.annotations.Fork(1)
public class TransferBenchmark {
  private static final BlockSpace SPACE = new BlockSpace(30_000_000, 0);
  private static final BlockContext BLOCK =
      new BlockContext(
          1,
          1,
          30_000_000,
          Address.ZERO,
          U256.ZERO,
          U256.of(7),
          U256.ONE,
          1,
          BlockContext.BlockHashes.NONE);

  private final Secp256k1 curve = Secp256k1.fastest();
  private final byte[] secret = Hash.keccak("cow".getBytes()).bytes();
  private final Address sender = curve.publicKey(secret).address();
  private final Transaction transfer =
      new Transaction.DynamicFee(
          1,
          0,
          U256.ONE,
          U256.of(100),
          21_000,
          Address.fromHex("dd".repeat(20)),
          U256.ONE,
          new byte[0],
          List.of());
  private final byte[] envelope = transfer.sign(curve, secret).encode();
  private final TransactionProcessor processor = new TransactionProcessor(new Interpreter());
  private final TransactionRules rules = TransactionRules.of(Fork.OSAKA, 1);
  private final MemoryState source =
      new MemoryState().put(sender, 0, new U256(0, 0, 1, 0), Code.NONE);

  @Benchmark
  public Optional<Address> decodeAndRecover() {
    return SignedTransaction.decode(envelope).sender(curve);
  }

  @Benchmark
  public TransactionResult process() {
    return processor.process(transfer, sender, rules, BLOCK, SPACE, new WorldState(source));
  }
}
