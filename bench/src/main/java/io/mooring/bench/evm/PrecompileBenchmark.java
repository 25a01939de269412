package io.mooring.bench.evm;

import io.mooring.evm.Fork;
import io.mooring.evm.precompile.Precompile;
import io.mooring.evm.precompile.Precompiles;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Every precompile of Osaka on an input that makes it work for its gas. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@org.openjdk.jmh.annotations.Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class PrecompileBenchmark {
  private static final String BN254_G1 = word("1") + word("2");
  private static final String BN254_G2 =
      "198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2"
          + "1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed"
          + "090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b"
          + "12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa";
  private static final String BLS_G1 =
      padded(
              "17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb")
          + padded(
              "08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1");
  private static final String BLS_G2 =
      padded(
              "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8")
          + padded(
              "13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e")
          + padded(
              "0d1b3cc2c7027888be51d9ef691d77bcb679afda66c73f17f9ee3837a55024f78c71363275a75d75d86bab79f74782aa")
          + padded(
              "13fa4d4a0ad8b1ce186ed5061789213d993923066dddaf1040bc3ff59f825c78df74f2d75467e25e0f55f8a00fa030ed");
  private static final String SCALAR =
      "73eda753299d7d483339d80809a1d80553bda402fffe5bfefffffffefffffffe";

  @Param({
    "ecrecover",
    "sha256-1024",
    "ripemd160-1024",
    "modexp-256",
    "modexp-even-1024",
    "bn254-add",
    "bn254-multiply",
    "bn254-pairing-1",
    "bn254-pairing-4",
    "blake2f",
    "point-evaluation",
    "bls-g1-add",
    "bls-g1-sum-1",
    "bls-g1-sum-64",
    "bls-g2-add",
    "bls-g2-sum-1",
    "bls-g2-sum-64",
    "bls-pairing-2",
    "bls-map-g1",
    "bls-map-g2",
    "p256verify"
  })
  public String work = "";

  private byte[] input = new byte[0];
  private @Nullable Precompile precompile;

  @Setup
  public void prepare() {
    input = input(work);
    precompile = Precompiles.of(Fork.OSAKA).at(0, 0, address(work));
    if (run() == null) {
      throw new IllegalStateException(work + " must succeed");
    }
  }

  long gas() {
    return Objects.requireNonNull(precompile).gas(input);
  }

  @Benchmark
  public byte @Nullable [] run() {
    return Objects.requireNonNull(precompile).run(input);
  }

  private static int address(String work) {
    return switch (work) {
      case "ecrecover" -> 0x01;
      case "sha256-1024" -> 0x02;
      case "ripemd160-1024" -> 0x03;
      case "modexp-256", "modexp-even-1024" -> 0x05;
      case "bn254-add" -> 0x06;
      case "bn254-multiply" -> 0x07;
      case "bn254-pairing-1", "bn254-pairing-4" -> 0x08;
      case "blake2f" -> 0x09;
      case "point-evaluation" -> 0x0a;
      case "bls-g1-add" -> 0x0b;
      case "bls-g1-sum-1", "bls-g1-sum-64" -> 0x0c;
      case "bls-g2-add" -> 0x0d;
      case "bls-g2-sum-1", "bls-g2-sum-64" -> 0x0e;
      case "bls-pairing-2" -> 0x0f;
      case "bls-map-g1" -> 0x10;
      case "bls-map-g2" -> 0x11;
      case "p256verify" -> 0x100;
      default -> throw new IllegalArgumentException(work);
    };
  }

  private static byte[] input(String work) {
    return switch (work) {
      case "ecrecover" ->
          hex(
              "18c547e4f7b0f325ad1e56f57e26c745b09a3e503d86e00e5255ff7f715d3d1c"
                  + word("1c")
                  + "73b1693892219d736caba55bdb67216e485557ea6b6af75f37096c9aa6a5a75f"
                  + "eeb940b1d03b21e36b0e47e79769f095fe2ab855bd91e3a38756b7d75a9c4549");
      case "sha256-1024", "ripemd160-1024" -> new byte[1024];
      case "modexp-256" -> modExp(256, true);
      case "modexp-even-1024" -> modExp(1024, false);
      case "bn254-add" -> hex(BN254_G1 + BN254_G1);
      case "bn254-multiply" -> hex(BN254_G1 + "ff".repeat(32));
      case "bn254-pairing-1" -> hex(BN254_G1 + BN254_G2);
      case "bn254-pairing-4" -> hex((BN254_G1 + BN254_G2).repeat(4));
      case "blake2f" -> hex("000186a0" + "00".repeat(208) + "01");
      case "point-evaluation" ->
          hex(
              "01e798154708fe7789429634053cbf9f99b619f9f084048927333fce637f549b"
                  + "564c0a11a0f704f4fc3e8acfe0f8245f0ad1347b378fbf96e206da11a5d36306"
                  + "24d25032e67a7e6a4910df5834b8fe70e6bcfeeac0352434196bdf4b2485d5a1"
                  + "8f59a8d2a1a625a17f3fea0fe5eb8c896db3764f3185481bc22f91b4aaffcca2"
                  + "5f26936857bc3a7c2539ea8ec3a952b7873033e038326e87ed3e1276fd140253"
                  + "fa08e9fc25fb2d9a98527fc22a2c9612fbeafdad446cbc7bcdbdcd780af2c16a");
      case "bls-g1-add" -> hex(BLS_G1 + BLS_G1);
      case "bls-g1-sum-1" -> hex(BLS_G1 + SCALAR);
      case "bls-g1-sum-64" -> hex((BLS_G1 + SCALAR).repeat(64));
      case "bls-g2-add" -> hex(BLS_G2 + BLS_G2);
      case "bls-g2-sum-1" -> hex(BLS_G2 + SCALAR);
      case "bls-g2-sum-64" -> hex((BLS_G2 + SCALAR).repeat(64));
      case "bls-pairing-2" -> hex((BLS_G1 + BLS_G2).repeat(2));
      case "bls-map-g1" -> hex(padded("0f" + "ab".repeat(47)));
      case "bls-map-g2" -> hex(padded("0f" + "ab".repeat(47)).repeat(2));
      case "p256verify" ->
          hex(
              "4cee90eb86eaa050036147a12d49004b6b9c72bd725d39d4785011fe190f0b4d"
                  + "a73bd4903f0ce3b639bbbf6e8e80d16931ff4bcf5993d58468e8fb19086e8cac"
                  + "36dbcd03009df8c59286b162af3bd7fcc0450c9aa81be5d10d312af6c66b1d60"
                  + "4aebd3099c618202fcfe16ae7770b0c49ab5eadf74b754204a3bb6060e44eff3"
                  + "7618b065f9832de4ca6ca971a7a1adc826d0f7c00181a5fb2ddf79ae00b4e10e");
      default -> throw new IllegalArgumentException(work);
    };
  }

  private static byte[] modExp(int bytes, boolean odd) {
    byte[] input = new byte[96 + 3 * bytes];
    new Random(bytes).nextBytes(input);
    for (int i = 0; i < 3; i++) {
      byte[] length = hex(word(Integer.toHexString(bytes)));
      System.arraycopy(length, 0, input, 32 * i, 32);
    }
    int exponent = 96 + bytes;
    Arrays.fill(input, exponent, exponent + bytes, (byte) 0xff);
    input[exponent + bytes] |= (byte) 0x80;
    input[input.length - 1] = (byte) (odd ? 1 : 2);
    return input;
  }

  private static String word(String digits) {
    return "%064x".formatted(new BigInteger(digits, 16));
  }

  private static String padded(String coordinate) {
    return "0".repeat(32) + coordinate;
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
