package io.mooring.evm.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Address;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.block.FeeMarket;
import io.mooring.evm.block.Genesis;
import io.mooring.evm.trie.NodeStore;

/** Genesis files in go-ethereum's form. */
public final class GenesisJson {
  private GenesisJson() {}

  /**
   * @param fork the rules in force from the first block on, which the file says in its own ways
   */
  public static Genesis read(JsonNode json, Fork fork) {
    return new Genesis(
        fork,
        hash(json, "parentHash"),
        JsonHex.has(json, "coinbase") ? JsonHex.address(json.get("coinbase")) : Address.ZERO,
        AllocJson.trie(AllocJson.read(json.path("alloc")), NodeStore.NONE).root(),
        JsonHex.u256(json, "difficulty", U256.ZERO),
        JsonHex.number(json.get("gasLimit")),
        JsonHex.number(json, "timestamp", 0),
        JsonHex.has(json, "extraData") ? JsonHex.bytes(json.get("extraData")) : new byte[0],
        hash(json, "mixHash"),
        JsonHex.number(json, "nonce", 0),
        JsonHex.u256(json, "baseFeePerGas", FeeMarket.INITIAL_BASE_FEE),
        JsonHex.number(json, "blobGasUsed", 0),
        JsonHex.number(json, "excessBlobGas", 0));
  }

  private static Hash hash(JsonNode json, String field) {
    return JsonHex.has(json, field) ? JsonHex.hash(json.get(field)) : Hash.ZERO;
  }
}
