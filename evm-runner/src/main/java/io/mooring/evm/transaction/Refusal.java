package io.mooring.evm.transaction;

/** Why a transaction is not taken into a block, in the order in which it is checked. */
public enum Refusal {
  TYPE_NOT_SUPPORTED("this fork does not have transactions of this type"),
  WRONG_CHAIN("the transaction was signed for another chain"),
  INVALID_SIGNATURE("no key made this signature, or it has the larger s"),
  INTRINSIC_GAS_TOO_LOW("the gas limit is below the intrinsic gas"),
  FLOOR_GAS_TOO_LOW("the gas limit is below the floor of the data's price"),
  NONCE_AT_MAXIMUM("the nonce is the largest there is, so that no other could follow"),
  INIT_CODE_TOO_LARGE("the init code is larger than allowed"),
  GAS_LIMIT_ABOVE_CAP("the gas limit is above what one transaction may have"),
  FEE_OVERFLOW("gas limit times gas price does not fit 256 bits"),
  TIP_ABOVE_FEE("the priority fee is above the whole fee"),
  BLOB_CREATES_CONTRACT("a blob transaction cannot create a contract"),
  NO_BLOBS("a blob transaction has at least one blob"),
  TOO_MANY_BLOBS("more blobs than a transaction or a block may have"),
  BLOB_HASH_VERSION("a blob's hash has an unknown version"),
  SET_CODE_CREATES_CONTRACT("a set-code transaction cannot create a contract"),
  NO_AUTHORIZATIONS("a set-code transaction has at least one authorization"),
  BLOCK_GAS_EXCEEDED("the gas limit is above what is left in the block"),
  FEE_BELOW_BASE_FEE("the fee is below the block's base fee"),
  BLOB_FEE_BELOW_BASE_FEE("the blob fee is below the block's blob base fee"),
  NONCE_TOO_LOW("the nonce was used before"),
  NONCE_TOO_HIGH("there are nonces before this one that were not used yet"),
  INSUFFICIENT_FUNDS("the sender's balance does not cover value and fees"),
  SENDER_HAS_CODE("the sender is a contract");

  private final String explanation;

  Refusal(String explanation) {
    this.explanation = explanation;
  }

  public String explanation() {
    return explanation;
  }
}
