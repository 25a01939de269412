package io.mooring.evm.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.evm.Address;
import io.mooring.evm.U256;
import io.mooring.evm.state.AccountState;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.MemoryState;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.state.StateChanges.AccountChange;
import io.mooring.evm.trie.NodeStore;
import io.mooring.evm.trie.StateTrie;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Accounts as test files, genesis files and transition tools write them. */
public final class AllocJson {
  private AllocJson() {}

  public static MemoryState read(JsonNode alloc) {
    MemoryState state = new MemoryState();
    for (Map.Entry<String, JsonNode> entry : alloc.properties()) {
      Address address = Address.fromHex(entry.getKey());
      JsonNode account = entry.getValue();
      Code code =
          JsonHex.has(account, "code") ? Code.of(JsonHex.bytes(account.get("code"))) : Code.NONE;
      // The oldest files call the balance by its unit.
      String balance = JsonHex.has(account, "wei") ? "wei" : "balance";
      state.put(
          address,
          JsonHex.number(account, "nonce", 0),
          JsonHex.u256(account, balance, U256.ZERO),
          code);
      for (Map.Entry<String, JsonNode> slot : account.path("storage").properties()) {
        U256 key = U256.of(JsonHex.integer(slot.getKey()));
        state.putStorage(address, key, JsonHex.u256(slot.getValue()));
      }
    }
    return state;
  }

  public static ObjectNode write(MemoryState state) {
    ObjectNode alloc = JsonNodeFactory.instance.objectNode();
    state
        .accounts()
        .forEach(
            (address, account) -> alloc.set(address.toString(), account(state, address, account)));
    return alloc;
  }

  private static ObjectNode account(MemoryState state, Address address, AccountState account) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Code code = state.code(account.codeHash());
    if (!code.isEmpty()) {
      json.put("code", "0x" + HexFormat.of().formatHex(code.bytes()));
    }
    Map<U256, U256> slots = state.storage(address);
    if (!slots.isEmpty()) {
      ObjectNode storage = json.putObject("storage");
      slots.forEach((slot, value) -> storage.put(word(slot), word(value)));
    }
    json.put("balance", account.balance().toString());
    json.put("nonce", "0x" + Long.toHexString(account.nonce()));
    return json;
  }

  private static String word(U256 value) {
    return "0x" + HexFormat.of().formatHex(value.bytes());
  }

  /** The trie of a state, from nothing. */
  public static StateTrie trie(MemoryState state, NodeStore store) {
    TreeMap<Address, AccountChange> all = new TreeMap<>();
    state
        .accounts()
        .forEach(
            (address, account) ->
                all.put(
                    address,
                    new AccountChange.Written(
                        account, false, new TreeMap<>(state.storage(address)))));
    StateTrie trie = StateTrie.empty(store);
    trie.apply(new StateChanges(all, new TreeMap<>()));
    return trie;
  }

  /** Where two states differ, in words; empty if nowhere. */
  static String difference(MemoryState expected, MemoryState actual) {
    StringBuilder text = new StringBuilder();
    TreeSet<Address> addresses = new TreeSet<>(expected.accounts().keySet());
    addresses.addAll(actual.accounts().keySet());
    for (Address address : addresses) {
      AccountState wanted = expected.accounts().get(address);
      AccountState got = actual.accounts().get(address);
      if (wanted == null || got == null) {
        text.append(address).append(wanted == null ? " should not exist; " : " is missing; ");
        continue;
      }
      describe(text, address, "nonce", wanted.nonce(), got.nonce());
      describe(text, address, "balance", wanted.balance(), got.balance());
      describe(text, address, "code", wanted.codeHash(), got.codeHash());
      TreeSet<U256> slots = new TreeSet<>(expected.storage(address).keySet());
      slots.addAll(actual.storage(address).keySet());
      for (U256 slot : slots) {
        describe(
            text,
            address,
            "slot " + slot,
            expected.storage(address, slot),
            actual.storage(address, slot));
      }
    }
    return text.toString();
  }

  private static void describe(
      StringBuilder text, Address address, String what, Object wanted, Object got) {
    if (!wanted.equals(got)) {
      text.append(address).append(' ').append(what);
      text.append(": ").append(got).append(", not ").append(wanted).append("; ");
    }
  }
}
