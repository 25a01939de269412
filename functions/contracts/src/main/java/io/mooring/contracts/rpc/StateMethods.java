package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mooring.contracts.chain.ChainState;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.state.AccountState;
import io.mooring.evm.state.StateSource;
import io.mooring.evm.trie.AccountProof;
import io.mooring.evm.trie.StateTrie;
import io.mooring.evm.trie.TrieAccount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Accounts, their code and their storage, with proofs. */
final class StateMethods {
  private StateMethods() {}

  static List<RpcMethod> all() {
    return List.of(
        RpcMethod.read(
            "eth_getBalance",
            2,
            (a, s) ->
                Answer.quantity(
                    account(source(a, 1, s), a.required(0, Values::address)).balance())),
        RpcMethod.read("eth_getTransactionCount", 2, StateMethods::nonce),
        RpcMethod.read("eth_getCode", 2, StateMethods::code),
        RpcMethod.read(
            "eth_getStorageAt",
            3,
            (a, s) -> {
              Address address = a.required(0, Values::address);
              U256 slot = a.required(1, Values::slot);
              return Answer.text(Hex.word(source(a, 2, s).storage(address, slot)));
            }),
        RpcMethod.compute("eth_getStorageValues", 2, StateMethods::storageValues),
        RpcMethod.compute("eth_getProof", 3, StateMethods::proof));
  }

  private static StateSource source(Arguments arguments, int index, RpcSession session) {
    return session.blocks().standing(arguments.block(index)).state().source();
  }

  private static AccountState account(StateSource source, Address address) {
    return source.account(address).orElse(AccountState.EMPTY);
  }

  private static Answer nonce(Arguments arguments, RpcSession session) {
    Address address = arguments.required(0, Values::address);
    BlockReference block = arguments.block(1);
    if (block instanceof BlockReference.Tag(var name) && name == BlockReference.Name.PENDING) {
      return Answer.quantity(session.chain().pool().nextNonce(address));
    }
    StateSource source = session.blocks().standing(block).state().source();
    return Answer.quantity(account(source, address).nonce());
  }

  private static Answer code(Arguments arguments, RpcSession session) {
    Address address = arguments.required(0, Values::address);
    StateSource source = source(arguments, 1, session);
    Hash hash = account(source, address).codeHash();
    return Answer.data(hash.equals(Hash.OF_NOTHING) ? new byte[0] : source.code(hash).bytes());
  }

  /** Many slots of many accounts at once. */
  private static Answer storageValues(Arguments arguments, RpcSession session) {
    JsonNode wanted = arguments.required(0, Values::object);
    Map<Address, List<U256>> slots = new LinkedHashMap<>();
    arguments.required(
        0,
        object -> {
          for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Address address = Values.address(new TextNode(entry.getKey()));
            slots.put(address, Values.list(entry.getValue(), Values::slot));
          }
          return object;
        });
    if (wanted.isEmpty()) {
      throw RpcError.invalidParams("empty request").exception();
    }
    checkSlots(slots.values().stream().mapToInt(List::size).sum());
    StateSource source = source(arguments, 1, session);
    return out -> {
      out.startObject();
      slots.forEach(
          (address, keys) ->
              out.list(
                  address.toString(),
                  keys,
                  key -> out.text(Hex.word(source.storage(address, key)))));
      out.endObject();
    };
  }

  private static void checkSlots(int count) {
    if (count > RpcLimit.RPC_PROOF_SLOTS_MAX.value()) {
      throw RpcError.limit(RpcLimit.RPC_PROOF_SLOTS_MAX, "too many slots").exception();
    }
  }

  /** What {@code eth_getProof} shows of a key as it was written in the request. */
  private record Slot(U256 key, String shown) {
    static Slot of(JsonNode json) {
      String text = Values.text(json);
      U256 key = Values.slot(json);
      boolean whole = text.length() == 2 + 2 * U256.BYTES;
      return new Slot(key, whole ? Hex.word(key) : Hex.quantity(key));
    }
  }

  private static Answer proof(Arguments arguments, RpcSession session) {
    Address address = arguments.required(0, Values::address);
    List<Slot> slots = arguments.required(1, list -> Values.list(list, Slot::of));
    checkSlots(slots.size());
    ChainState state = session.blocks().standing(arguments.block(2)).state();
    StateTrie trie = state.trie();
    AccountProof proof = trie.proof(address, slots.stream().map(Slot::key).toList());
    TrieAccount account = trie.account(address).orElse(TrieAccount.EMPTY);
    return out -> {
      out.startObject().address("address", address);
      writeNodes(out.name("accountProof"), proof.account().nodes());
      out.quantity("balance", account.balance())
          .hash("codeHash", account.codeHash())
          .quantity("nonce", account.nonce())
          .hash("storageHash", account.storageRoot())
          .name("storageProof")
          .startArray();
      for (int i = 0; i < slots.size(); i++) {
        AccountProof.Storage storage = proof.storage().get(i);
        out.startObject()
            .text("key", slots.get(i).shown())
            .quantity("value", state.source().storage(address, storage.slot()));
        writeNodes(out.name("proof"), storage.proof().nodes());
        out.endObject();
      }
      out.endArray().endObject();
    };
  }

  private static void writeNodes(JsonOutput out, List<byte[]> nodes) {
    out.list(nodes, node -> out.text(Hex.data(node)));
  }
}
