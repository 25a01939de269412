package io.mooring.evm.crypto;

import io.mooring.evm.Hash;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a signature costs by libsecp256k1 and in Java, side by side. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class Secp256k1Benchmark {
  @Param({"libsecp256k1", "java"})
  public String implementation = "";

  private final byte[] secret = Hash.keccak("cow".getBytes()).bytes();
  private final byte[] digest = Hash.keccak(new byte[0]).bytes();
  private Secp256k1 curve = new JavaSecp256k1();
  private Signature signature = curve.sign(digest, secret);

  @Setup
  public void choose() {
    if (implementation.equals("libsecp256k1")) {
      curve = NativeSecp256k1.load().orElseThrow();
    }
    signature = curve.sign(digest, secret);
  }

  @Benchmark
  public Optional<PublicKey> recover() {
    return curve.recover(digest, signature);
  }

  @Benchmark
  public Signature sign() {
    return curve.sign(digest, secret);
  }
}
