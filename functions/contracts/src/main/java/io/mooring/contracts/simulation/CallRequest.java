package io.mooring.contracts.simulation;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.transaction.AccessListEntry;
import io.mooring.evm.transaction.Authorization;
import io.mooring.evm.transaction.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as somebody sketches it who wants to know what it would do; what is null was left
 * open.
 *
 * @param from the zero address where nobody was named
 * @param gasPrice null unless the price is to be exactly this
 * @param input not copied
 */
public record CallRequest(
    Address from,
    @Nullable Address to,
    @Nullable Long gas,
    @Nullable U256 gasPrice,
    @Nullable U256 maxFeePerGas,
    @Nullable U256 maxPriorityFeePerGas,
    U256 value,
    @Nullable Long nonce,
    byte[] input,
    @Nullable List<AccessListEntry> accessList,
    @Nullable U256 maxFeePerBlobGas,
    @Nullable List<Hash> blobHashes,
    @Nullable List<Authorization> authorizations) {
  /** A call that says no more than whom it calls with what. */
  public static CallRequest of(Address from, Address to, byte[] input) {
    return new CallRequest(
        from, to, null, null, null, null, U256.ZERO, null, input, null, null, null, null);
  }

  public U256 feeMax() {
    return orZero(gasPrice == null ? maxFeePerGas : gasPrice);
  }

  public U256 tipMax() {
    return orZero(gasPrice == null ? maxPriorityFeePerGas : gasPrice);
  }

  public boolean namesFees() {
    return !feeMax().isZero() || !tipMax().isZero();
  }

  public CallRequest withAccessList(List<AccessListEntry> list) {
    return new CallRequest(
        from,
        to,
        gas,
        gasPrice,
        maxFeePerGas,
        maxPriorityFeePerGas,
        value,
        nonce,
        input,
        list,
        maxFeePerBlobGas,
        blobHashes,
        authorizations);
  }

  /** The transaction in the form that what is named asks for, and otherwise in the usual one. */
  public Transaction transaction(long chainId, long nonceUsed, long gasLimit) {
    List<AccessListEntry> accesses = accessList == null ? List.of() : accessList;
    if (authorizations != null) {
      return new Transaction.SetCode(
          chainId,
          nonceUsed,
          tipMax(),
          feeMax(),
          gasLimit,
          to,
          value,
          input,
          accesses,
          authorizations);
    }
    if (blobHashes != null) {
      return new Transaction.Blob(
          chainId,
          nonceUsed,
          tipMax(),
          feeMax(),
          gasLimit,
          to,
          value,
          input,
          accesses,
          orZero(maxFeePerBlobGas),
          blobHashes);
    }
    if (gasPrice != null && accessList != null) {
      return new Transaction.AccessListed(
          chainId, nonceUsed, gasPrice, gasLimit, to, value, input, accesses);
    }
    if (gasPrice != null) {
      return new Transaction.Legacy(chainId, nonceUsed, gasPrice, gasLimit, to, value, input);
    }
    return new Transaction.DynamicFee(
        chainId, nonceUsed, tipMax(), feeMax(), gasLimit, to, value, input, accesses);
  }

  private static U256 orZero(@Nullable U256 value) {
    return value == null ? U256.ZERO : value;
  }
}
