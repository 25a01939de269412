package io.mooring.evm.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Address;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.crypto.Signature;
import io.mooring.evm.transaction.AccessListEntry;
import io.mooring.evm.transaction.Authorization;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.evm.transaction.TransactionRules;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Transactions as test files and transition tools write them; the fields there are tell the form.
 */
public final class TransactionJson {
  private static final int V_BEFORE_EIP_155 = 27;
  private static final int V_SINCE_EIP_155 = 35;

  private TransactionJson() {}

  /** One member of the family in a state test; in the form of old, it leaves the chain open. */
  static Transaction read(JsonNode family, Indexes indexes, long chainId) {
    JsonNode lists = family.path("accessLists");
    Transaction transaction =
        read(
            family,
            chainId,
            JsonHex.number(family.get("gasLimit").get(indexes.gas())),
            JsonHex.u256(family.get("value").get(indexes.value())),
            JsonHex.bytes(family.get("data").get(indexes.data())),
            lists.isMissingNode() ? family.path("accessList") : lists.path(indexes.data()));
    return transaction instanceof Transaction.Legacy legacy ? legacy.onChain(0) : transaction;
  }

  /** A single transaction, in the form of {@code eth_getTransactionByHash}. */
  public static Transaction read(JsonNode json, long chainId) {
    String gas = JsonHex.has(json, "gas") ? "gas" : "gasLimit";
    String data = JsonHex.has(json, "input") ? "input" : "data";
    return read(
        json,
        JsonHex.number(json, "chainId", chainId),
        JsonHex.number(json.get(gas)),
        JsonHex.u256(json, "value", U256.ZERO),
        JsonHex.has(json, data) ? JsonHex.bytes(json.get(data)) : new byte[0],
        json.path("accessList"));
  }

  /**
   * A single transaction that is signed, or comes with the key to sign it by; without {@code
   * protected: false} the form of old is bound to the chain where the fork can do so.
   */
  public static SignedTransaction readSigned(JsonNode json, TransactionRules rules) {
    Transaction transaction = read(json, rules.chainId());
    if (JsonHex.has(json, "secretKey")) {
      boolean open = !json.path("protected").asBoolean(true);
      if (transaction instanceof Transaction.Legacy legacy
          && (open || !rules.fork().includes(Fork.SPURIOUS_DRAGON))) {
        transaction = legacy.onChain(0);
      }
      return transaction.sign(Secp256k1.fastest(), JsonHex.bytes(json.get("secretKey")));
    }
    long v = JsonHex.number(json.get("v"));
    int yParity = (int) v;
    if (transaction instanceof Transaction.Legacy legacy) {
      boolean bound = Long.compareUnsigned(v, V_SINCE_EIP_155) >= 0;
      transaction = legacy.onChain(bound ? v - V_SINCE_EIP_155 >>> 1 : 0);
      yParity = (int) (bound ? v - V_SINCE_EIP_155 & 1 : v - V_BEFORE_EIP_155);
    }
    return new SignedTransaction(
        transaction,
        new Signature(JsonHex.u256(json.get("r")), JsonHex.u256(json.get("s")), yParity));
  }

  private static Transaction read(
      JsonNode json, long chainId, long gasLimit, U256 value, byte[] data, JsonNode accessList) {
    long nonce = JsonHex.number(json.get("nonce"));
    Address to = recipient(json.path("to"));
    if (!JsonHex.has(json, "maxFeePerGas")) {
      U256 gasPrice = JsonHex.u256(json.get("gasPrice"));
      return accessList.isArray()
          ? new Transaction.AccessListed(
              chainId, nonce, gasPrice, gasLimit, to, value, data, accessList(accessList))
          : new Transaction.Legacy(chainId, nonce, gasPrice, gasLimit, to, value, data);
    }
    U256 tip = JsonHex.u256(json.get("maxPriorityFeePerGas"));
    U256 fee = JsonHex.u256(json.get("maxFeePerGas"));
    List<AccessListEntry> warm = accessList(accessList);
    if (JsonHex.has(json, "authorizationList")) {
      return new Transaction.SetCode(
          chainId,
          nonce,
          tip,
          fee,
          gasLimit,
          to,
          value,
          data,
          warm,
          authorizations(json.get("authorizationList")));
    }
    if (JsonHex.has(json, "maxFeePerBlobGas") || JsonHex.has(json, "blobVersionedHashes")) {
      return new Transaction.Blob(
          chainId,
          nonce,
          tip,
          fee,
          gasLimit,
          to,
          value,
          data,
          warm,
          JsonHex.u256(json, "maxFeePerBlobGas", U256.ZERO),
          hashes(json.path("blobVersionedHashes")));
    }
    return new Transaction.DynamicFee(chainId, nonce, tip, fee, gasLimit, to, value, data, warm);
  }

  private static @Nullable Address recipient(JsonNode to) {
    return to.isMissingNode() || to.isNull() || to.asText().isEmpty() || to.asText().equals("0x")
        ? null
        : JsonHex.address(to);
  }

  private static List<AccessListEntry> accessList(JsonNode json) {
    List<AccessListEntry> entries = new ArrayList<>();
    for (JsonNode entry : json) {
      List<U256> keys =
          StreamSupport.stream(entry.path("storageKeys").spliterator(), false)
              .map(JsonHex::u256)
              .toList();
      entries.add(new AccessListEntry(JsonHex.address(entry.get("address")), keys));
    }
    return entries;
  }

  private static List<Hash> hashes(JsonNode json) {
    return StreamSupport.stream(json.spliterator(), false).map(JsonHex::hash).toList();
  }

  private static List<Authorization> authorizations(JsonNode json) {
    List<Authorization> authorizations = new ArrayList<>();
    for (JsonNode entry : json) {
      authorizations.add(
          new Authorization(
              JsonHex.u256(entry.get("chainId")),
              JsonHex.address(entry.get("address")),
              JsonHex.number(entry.get("nonce")),
              Math.toIntExact(
                  JsonHex.number(entry.get(JsonHex.has(entry, "yParity") ? "yParity" : "v"))),
              JsonHex.u256(entry.get("r")),
              JsonHex.u256(entry.get("s"))));
    }
    return authorizations;
  }
}
