package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mooring.contracts.simulation.AccountOverride;
import io.mooring.contracts.simulation.BlockOverrides;
import io.mooring.contracts.simulation.BlockSketch;
import io.mooring.contracts.simulation.CallRequest;
import io.mooring.contracts.simulation.StateOverrides;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.block.Withdrawal;
import io.mooring.evm.state.Code;
import io.mooring.evm.transaction.AccessListEntry;
import io.mooring.evm.transaction.Authorization;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads calls, and what they want to be different, out of JSON. */
final class CallJson {
  private static final Set<String> ACCOUNT_MEMBERS =
      Set.of("nonce", "balance", "code", "state", "stateDiff", "movePrecompileToAddress");
  private static final Set<String> BLOCK_MEMBERS =
      Set.of(
          "number",
          "difficulty",
          "time",
          "gasLimit",
          "feeRecipient",
          "coinbase",
          "prevRandao",
          "random",
          "baseFeePerGas",
          "baseFee",
          "blobBaseFee",
          "beaconRoot",
          "withdrawals");
  private static final Set<String> SKETCH_MEMBERS =
      Set.of("blockOverrides", "stateOverrides", "calls");
  private static final int Y_PARITY_MAX = 255;

  private CallJson() {}

  static CallRequest call(JsonNode json) {
    Values.object(json);
    U256 gasPrice = of(json, "gasPrice", Values::u256);
    U256 feeMax = of(json, "maxFeePerGas", Values::u256);
    U256 tipMax = of(json, "maxPriorityFeePerGas", Values::u256);
    if (gasPrice != null && (feeMax != null || tipMax != null)) {
      throw new InvalidValue("both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified");
    }
    return new CallRequest(
        Values.member(json, "from", Values::address).orElse(Address.ZERO),
        of(json, "to", Values::address),
        of(json, "gas", Values::number),
        gasPrice,
        feeMax,
        tipMax,
        Values.member(json, "value", Values::u256).orElse(U256.ZERO),
        of(json, "nonce", Values::number),
        input(json),
        of(json, "accessList", list -> Values.list(list, CallJson::accessListEntry)),
        of(json, "maxFeePerBlobGas", Values::u256),
        of(json, "blobVersionedHashes", list -> Values.list(list, Values::hash)),
        of(json, "authorizationList", list -> Values.list(list, CallJson::authorization)));
  }

  /** Two names for one thing: the old and the new one. */
  private static byte[] input(JsonNode json) {
    Optional<byte[]> data = Values.member(json, "data", Values::bytes);
    Optional<byte[]> input = Values.member(json, "input", Values::bytes);
    if (data.isPresent() && input.isPresent() && !Arrays.equals(data.get(), input.get())) {
      throw new InvalidValue(
          "both \"data\" and \"input\" are set and not equal."
              + " Please use \"input\" to pass transaction call data");
    }
    return input.or(() -> data).orElse(new byte[0]);
  }

  private static AccessListEntry accessListEntry(JsonNode json) {
    Values.object(json);
    return new AccessListEntry(
        must(json, "address", Values::address),
        Values.member(
                json, "storageKeys", keys -> Values.list(keys, key -> Values.hash(key).word()))
            .orElse(List.of()));
  }

  private static Authorization authorization(JsonNode json) {
    Values.object(json);
    long yParity = must(json, "yParity", Values::number);
    if (yParity < 0 || yParity > Y_PARITY_MAX) {
      throw new InvalidValue("yParity: more than a byte");
    }
    return new Authorization(
        must(json, "chainId", Values::u256),
        must(json, "address", Values::address),
        must(json, "nonce", Values::number),
        (int) yParity,
        must(json, "r", Values::u256),
        must(json, "s", Values::u256));
  }

  static StateOverrides stateOverrides(JsonNode json) {
    SortedMap<Address, AccountOverride> accounts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : Values.object(json).properties()) {
      accounts.put(address(entry.getKey()), account(entry.getKey(), entry.getValue()));
    }
    return new StateOverrides(accounts);
  }

  private static Address address(String text) {
    return Values.address(new TextNode(text));
  }

  private static AccountOverride account(String address, JsonNode json) {
    Values.onlyMembers(Values.object(json), ACCOUNT_MEMBERS);
    AccountOverride override =
        new AccountOverride(
            of(json, "nonce", Values::number),
            of(json, "balance", Values::u256),
            of(json, "code", code -> Code.of(Values.bytes(code))),
            of(json, "state", CallJson::slots),
            of(json, "stateDiff", CallJson::slots),
            of(json, "movePrecompileToAddress", Values::address));
    if (override.state() != null && override.stateDiff() != null) {
      throw new InvalidValue("account " + address + " has both 'state' and 'stateDiff'");
    }
    return override;
  }

  private static Map<U256, U256> slots(JsonNode json) {
    Map<U256, U256> slots = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : Values.object(json).properties()) {
      Hash key = Values.hash(new TextNode(entry.getKey()));
      slots.put(key.word(), Values.hash(entry.getValue()).word());
    }
    return slots;
  }

  /** The newer names, and those that go-ethereum's traces had before. */
  static BlockOverrides blockOverrides(JsonNode json) {
    Values.onlyMembers(Values.object(json), BLOCK_MEMBERS);
    return new BlockOverrides(
        of(json, "number", Values::number),
        of(json, "difficulty", Values::u256),
        of(json, "time", Values::number),
        of(json, "gasLimit", Values::number),
        either(json, "feeRecipient", "coinbase", Values::address),
        either(json, "prevRandao", "random", Values::hash),
        either(json, "baseFeePerGas", "baseFee", Values::u256),
        of(json, "blobBaseFee", Values::u256),
        of(json, "beaconRoot", Values::hash),
        Values.member(json, "withdrawals", list -> Values.list(list, CallJson::withdrawal))
            .orElse(List.of()));
  }

  private static Withdrawal withdrawal(JsonNode json) {
    Values.object(json);
    return new Withdrawal(
        must(json, "index", Values::number),
        must(json, "validatorIndex", Values::number),
        must(json, "address", Values::address),
        must(json, "amount", Values::number));
  }

  static BlockSketch sketch(JsonNode json) {
    Values.onlyMembers(Values.object(json), SKETCH_MEMBERS);
    return new BlockSketch(
        Values.member(json, "blockOverrides", CallJson::blockOverrides).orElse(BlockOverrides.NONE),
        Values.member(json, "stateOverrides", CallJson::stateOverrides).orElse(StateOverrides.NONE),
        Values.member(json, "calls", list -> Values.list(list, CallJson::call)).orElse(List.of()));
  }

  private static <T> @Nullable T either(
      JsonNode json, String name, String older, Function<JsonNode, T> read) {
    T value = of(json, name, read);
    return value == null ? of(json, older, read) : value;
  }

  private static <T> @Nullable T of(JsonNode json, String name, Function<JsonNode, T> read) {
    return Values.member(json, name, read).orElse(null);
  }

  static <T> T must(JsonNode json, String name, Function<JsonNode, T> read) {
    return Values.member(json, name, read)
        .orElseThrow(() -> new InvalidValue("missing required member " + name));
  }
}
