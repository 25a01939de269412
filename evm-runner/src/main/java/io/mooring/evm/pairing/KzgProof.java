package io.mooring.evm.pairing;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Kate proofs of EIP-4844: that a committed polynomial has a given value at a given point.
 *
 * <p>Checking one needs a single point of the trusted setup, so none has to be loaded.
 */
public final class KzgProof {
  public static final int COMMITMENT_BYTES = 48;
  public static final int SCALAR_BYTES = 32;
  public static final int FIELD_ELEMENTS_PER_BLOB = 4096;
  public static final int BLOB_BYTES = FIELD_ELEMENTS_PER_BLOB * SCALAR_BYTES;

  private static final BigInteger ORDER = Bls12381.ORDER;
  private static final BigInteger PRIMITIVE_ROOT = BigInteger.valueOf(7);
  private static final byte[] CHALLENGE_DOMAIN =
      "FSBLOBVERIFY_V1_".getBytes(StandardCharsets.US_ASCII);

  private static final int COMPRESSED_FLAG = 0x80;
  private static final int INFINITY_FLAG = 0x40;
  private static final int LARGER_Y_FLAG = 0x20;

  /** The second point in G2 of the setup of Ethereum's KZG ceremony: the generator times τ. */
  private static final byte[] TAU_G2 =
      hex(
          "185cbfee53492714734429b7b38608e23926c911cceceac9a36851477ba4c60b087041de621000edc98edada20c1def2",
          "15bfd7dd8cdeb128843bc287230af38926187075cbfbefa81009a2ce615ac53d2914e5870cb452d2afaaab24f3499f72",
          "014353bdb96b626dd7d5ee8599d1fca2131569490e28de18e82451a496a9c9794ce26d105941f383ee689bfbbb832a99",
          "1666c54b0a32529503432fcae0181b4bef79de09fc63671fda5ed1ba9bfa07899495346f3d7ac9cd23048ef30d0a154f");

  private static final byte[] MINUS_GENERATOR_G2 =
      hex(
          "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8",
          "13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e",
          "0d1b3cc2c7027888be51d9ef691d77bcb679afda66c73f17f9ee3837a55024f78c71363275a75d75d86bab79f74782aa",
          "13fa4d4a0ad8b1ce186ed5061789213d993923066dddaf1040bc3ff59f825c78df74f2d75467e25e0f55f8a00fa030ed");

  private static final byte[] GENERATOR_G1 =
      hex(
          "17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb",
          "08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1");

  private final Bls12381 curve;

  public KzgProof(Bls12381 curve) {
    this.curve = curve;
  }

  private static byte[] hex(String... parts) {
    return HexFormat.of().parseHex(String.join("", parts));
  }

  /**
   * Whether the polynomial is y at z, by {@code e(C - yG + zπ, -G₂)·e(π, τG₂) = 1}.
   *
   * @param z 32 bytes, as {@code y}; not less than the group's order is invalid
   */
  public PairingCheck verify(byte[] commitment, byte[] z, byte[] y, byte[] proof) {
    byte[] c = decompressed(commitment);
    byte[] pi = decompressed(proof);
    BigInteger point = scalar(z);
    BigInteger value = scalar(y);
    if (c == null || pi == null || point == null || value == null) {
      return PairingCheck.INVALID;
    }

    byte[] left =
        curve.sumG1(
            List.of(c, GENERATOR_G1, pi),
            List.of(BigInteger.ONE, value.negate().mod(ORDER), point));
    if (left == null) {
      return PairingCheck.INVALID;
    }
    return curve.pair(List.of(left, pi), List.of(MINUS_GENERATOR_G2, TAU_G2));
  }

  /** Whether the commitment is to the polynomial through the elements of this blob. */
  public PairingCheck verifyBlob(byte[] blob, byte[] commitment, byte[] proof) {
    if (blob.length != BLOB_BYTES) {
      return PairingCheck.INVALID;
    }
    BigInteger[] elements = new BigInteger[FIELD_ELEMENTS_PER_BLOB];
    for (int i = 0; i < elements.length; i++) {
      BigInteger element =
          scalar(Arrays.copyOfRange(blob, i * SCALAR_BYTES, (i + 1) * SCALAR_BYTES));
      if (element == null) {
        return PairingCheck.INVALID;
      }
      elements[i] = element;
    }
    BigInteger z = challenge(blob, commitment);
    return verify(commitment, bytes(z), bytes(evaluate(elements, z)), proof);
  }

  private static BigInteger challenge(byte[] blob, byte[] commitment) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(CHALLENGE_DOMAIN);
      sha256.update(ByteBuffer.allocate(16).putLong(0).putLong(FIELD_ELEMENTS_PER_BLOB).array());
      sha256.update(blob);
      return new BigInteger(1, sha256.digest(commitment)).mod(ORDER);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** The barycentric formula over the roots of unity, which blobs list in bit-reversed order. */
  private static BigInteger evaluate(BigInteger[] elements, BigInteger z) {
    int width = FIELD_ELEMENTS_PER_BLOB;
    BigInteger count = BigInteger.valueOf(width);
    BigInteger root = PRIMITIVE_ROOT.modPow(ORDER.subtract(BigInteger.ONE).divide(count), ORDER);
    BigInteger sum = BigInteger.ZERO;
    BigInteger power = BigInteger.ONE;
    for (int i = 0; i < width; i++) {
      BigInteger element = elements[Integer.reverse(i) >>> Integer.numberOfLeadingZeros(width - 1)];
      if (power.equals(z)) {
        return element;
      }
      BigInteger weight = power.multiply(z.subtract(power).modInverse(ORDER));
      sum = sum.add(element.multiply(weight)).mod(ORDER);
      power = power.multiply(root).mod(ORDER);
    }
    BigInteger vanishing = z.modPow(count, ORDER).subtract(BigInteger.ONE);
    return sum.multiply(vanishing).multiply(count.modInverse(ORDER)).mod(ORDER);
  }

  private static @Nullable BigInteger scalar(byte[] bytes) {
    BigInteger value = new BigInteger(1, bytes);
    return bytes.length == SCALAR_BYTES && value.compareTo(ORDER) < 0 ? value : null;
  }

  private static byte[] bytes(BigInteger scalar) {
    byte[] bytes = new byte[SCALAR_BYTES];
    Limbs.write(scalar, bytes, 0, SCALAR_BYTES);
    return bytes;
  }

  /** The point that zcash's 48 bytes stand for, or null; whether it is in G1 is not checked. */
  private static byte @Nullable [] decompressed(byte[] compressed) {
    if (compressed.length != COMMITMENT_BYTES || (compressed[0] & COMPRESSED_FLAG) == 0) {
      return null;
    }
    byte[] digits = compressed.clone();
    digits[0] &= 0x1f;
    Bls381Fp x = Bls381Encoding.fp(digits, 0);
    if (x == null) {
      return null;
    }
    boolean largerY = (compressed[0] & LARGER_Y_FLAG) != 0;
    if ((compressed[0] & INFINITY_FLAG) != 0) {
      return x.isZero() && !largerY ? new byte[Bls12381.G1_BYTES] : null;
    }
    Bls381Fp y = x.squared().times(x).plus(Bls381Curve.B).squareRoot();
    if (y == null) {
      return null;
    }
    boolean isLarger = y.toBigInteger().compareTo(y.negated().toBigInteger()) > 0;
    return Bls381Encoding.ofG1(Point.affine(x, isLarger == largerY ? y : y.negated()));
  }
}
