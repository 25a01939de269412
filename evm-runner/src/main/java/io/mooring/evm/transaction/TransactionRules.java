package io.mooring.evm.transaction;

import io.mooring.evm.Fork;
import io.mooring.evm.Limits;
import io.mooring.evm.transaction.Transaction.Blob;
import io.mooring.evm.transaction.Transaction.SetCode;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What a chain demands of a transaction before it looks at any state.
 *
 * @param chainId the chain's own id; unsigned
 */
public record TransactionRules(Fork fork, long chainId, BlobSchedule blobs, Limits limits) {
  /** What one transaction may have since Osaka (EIP-7825). */
  public static final long GAS_LIMIT_MAX = 1 << 24;

  private static final long BASE_GAS = 21_000;
  private static final long CREATE_GAS = 32_000;
  private static final long ZERO_BYTE_GAS = 4;
  private static final long BYTE_GAS_BEFORE_ISTANBUL = 68;
  private static final long BYTE_GAS = 16;
  private static final long ACCESS_LIST_ADDRESS_GAS = 2_400;
  private static final long ACCESS_LIST_KEY_GAS = 1_900;
  private static final long INIT_CODE_WORD_GAS = 2;
  private static final long AUTHORIZATION_GAS = 25_000;
  private static final long FLOOR_TOKEN_GAS = 10;
  private static final long TOKENS_PER_BYTE = 4;
  private static final int WORD_BYTES = 32;
  private static final int FEE_BITS_MAX = 256;
  private static final byte BLOB_HASH_VERSION = 1;

  public static TransactionRules of(Fork fork, long chainId) {
    return new TransactionRules(fork, chainId, BlobSchedule.of(fork), Limits.STANDARD);
  }

  /** Whether the fork takes the form of this transaction and its signature. */
  public Optional<Refusal> refusal(SignedTransaction signed) {
    boolean highS = !signed.signature().hasLowS() && fork.includes(Fork.HOMESTEAD);
    return refusal(signed.content())
        .or(
            () ->
                highS || !signed.signature().isInRange()
                    ? Optional.of(Refusal.INVALID_SIGNATURE)
                    : Optional.empty());
  }

  public Optional<Refusal> refusal(Transaction transaction) {
    return Optional.ofNullable(
        switch (transaction) {
          case Transaction any when !fork.includes(any.since()) -> Refusal.TYPE_NOT_SUPPORTED;
          case Transaction any when isForAnotherChain(any) -> Refusal.WRONG_CHAIN;
          case Transaction any when isBelow(any.gasLimit(), intrinsicGas(any)) ->
              Refusal.INTRINSIC_GAS_TOO_LOW;
          case Transaction any when isBelow(any.gasLimit(), floorGas(any)) ->
              Refusal.FLOOR_GAS_TOO_LOW;
          case Transaction any when any.nonce() == -1 -> Refusal.NONCE_AT_MAXIMUM;
          case Transaction any when isInitCodeTooLarge(any) -> Refusal.INIT_CODE_TOO_LARGE;
          case Transaction any when isAboveCap(any) -> Refusal.GAS_LIMIT_ABOVE_CAP;
          case Transaction any when feeOverflows(any) -> Refusal.FEE_OVERFLOW;
          case Transaction any when any.maxPriorityFeePerGas().compareTo(any.maxFeePerGas()) > 0 ->
              Refusal.TIP_ABOVE_FEE;
          case Blob blob when blob.to().isEmpty() -> Refusal.BLOB_CREATES_CONTRACT;
          case Blob blob when blob.blobHashes().isEmpty() -> Refusal.NO_BLOBS;
          case Blob blob when blob.blobHashes().size() > blobs.perTransactionMax() ->
              Refusal.TOO_MANY_BLOBS;
          case Blob blob when hasUnknownVersion(blob) -> Refusal.BLOB_HASH_VERSION;
          case SetCode setCode when setCode.to().isEmpty() -> Refusal.SET_CODE_CREATES_CONTRACT;
          case SetCode setCode when setCode.authorizations().isEmpty() -> Refusal.NO_AUTHORIZATIONS;
          case Transaction any -> null;
        });
  }

  /** What a transaction pays before its code starts. */
  public long intrinsicGas(Transaction transaction) {
    long zeros = zeros(transaction.data());
    long nonZeros = transaction.data().length - zeros;
    long gas = BASE_GAS + ZERO_BYTE_GAS * zeros;
    gas += nonZeros * (fork.includes(Fork.ISTANBUL) ? BYTE_GAS : BYTE_GAS_BEFORE_ISTANBUL);
    if (transaction.to().isEmpty()) {
      gas += fork.includes(Fork.HOMESTEAD) ? CREATE_GAS : 0;
      gas += fork.includes(Fork.SHANGHAI) ? initCodeGas(transaction.data().length) : 0;
    }
    for (AccessListEntry entry : transaction.accessList()) {
      gas += ACCESS_LIST_ADDRESS_GAS + ACCESS_LIST_KEY_GAS * entry.storageKeys().size();
    }
    return gas + AUTHORIZATION_GAS * transaction.authorizations().size();
  }

  /** The least a transaction pays for its data, whatever its code uses (EIP-7623). */
  public long floorGas(Transaction transaction) {
    if (!fork.includes(Fork.PRAGUE)) {
      return 0;
    }
    long zeros = zeros(transaction.data());
    long tokens = zeros + TOKENS_PER_BYTE * (transaction.data().length - zeros);
    return BASE_GAS + FLOOR_TOKEN_GAS * tokens;
  }

  private static long initCodeGas(int bytes) {
    return INIT_CODE_WORD_GAS * ((bytes + WORD_BYTES - 1L) / WORD_BYTES);
  }

  private static long zeros(byte[] data) {
    long zeros = 0;
    for (byte b : data) {
      zeros += b == 0 ? 1 : 0;
    }
    return zeros;
  }

  private boolean isForAnotherChain(Transaction transaction) {
    boolean open = transaction instanceof Transaction.Legacy && transaction.chainId() == 0;
    return !open && transaction.chainId() != chainId;
  }

  private static boolean isBelow(long gasLimit, long gas) {
    return Long.compareUnsigned(gasLimit, gas) < 0;
  }

  private boolean isInitCodeTooLarge(Transaction transaction) {
    return fork.includes(Fork.SHANGHAI)
        && transaction.to().isEmpty()
        && transaction.data().length > limits.initCodeBytesMax();
  }

  private boolean isAboveCap(Transaction transaction) {
    return fork.includes(Fork.OSAKA)
        && Long.compareUnsigned(transaction.gasLimit(), GAS_LIMIT_MAX) > 0;
  }

  private static boolean feeOverflows(Transaction transaction) {
    if (transaction.maxFeePerGas().w3() == 0) {
      return false;
    }
    BigInteger price = transaction.maxFeePerGas().toBigInteger();
    BigInteger gas = new BigInteger(Long.toUnsignedString(transaction.gasLimit()));
    return price.multiply(gas).bitLength() > FEE_BITS_MAX;
  }

  private static boolean hasUnknownVersion(Blob blob) {
    return blob.blobHashes().stream().anyMatch(hash -> hash.bytes()[0] != BLOB_HASH_VERSION);
  }
}
