package io.mooring.evm.crypto;

import io.mooring.evm.Hash;
import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What recovering a key costs: ours by libsecp256k1, the library's call with nothing of ours around
 * it, our fallback on BouncyCastle's own secp256k1 field, and the same on its fields for any curve,
 * which is how clients of the BigInteger kind do it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class RecoveryBenchmark {
  private static final X9ECParameters ANY_CURVE = SECNamedCurves.getByName("secp256k1");

  private final byte[] digest = Hash.keccak(new byte[0]).bytes();
  private final Secp256k1 java = new JavaSecp256k1();
  private final Secp256k1 ours = NativeSecp256k1.load().orElseThrow();
  private final fr.acinq.secp256k1.Secp256k1 library = fr.acinq.secp256k1.Secp256k1.get();
  private final Signature signature = java.sign(digest, Hash.keccak("cow".getBytes()).bytes());
  private final byte[] compact = signature.compact();

  @Benchmark
  public Optional<PublicKey> ours() {
    return ours.recover(digest, signature);
  }

  @Benchmark
  public byte[] libraryAlone() {
    return library.ecdsaRecover(compact, digest, signature.yParity());
  }

  @Benchmark
  public Optional<PublicKey> java() {
    return java.recover(digest, signature);
  }

  @Benchmark
  public byte[] javaWithFieldsForAnyCurve() {
    byte[] encoded = new byte[33];
    encoded[0] = (byte) (2 + signature.yParity());
    System.arraycopy(compact, 0, encoded, 1, 32);
    ECPoint nonce = ANY_CURVE.getCurve().decodePoint(encoded);
    BigInteger order = ANY_CURVE.getN();
    BigInteger inverse = signature.r().toBigInteger().modInverse(order);
    BigInteger byBase = inverse.multiply(new BigInteger(1, digest)).negate().mod(order);
    BigInteger byNonce = inverse.multiply(signature.s().toBigInteger()).mod(order);
    return ECAlgorithms.sumOfTwoMultiplies(ANY_CURVE.getG(), byBase, nonce, byNonce)
        .getEncoded(false);
  }
}
