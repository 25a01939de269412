package io.mooring.evm.trace;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.evm.Address;
import io.mooring.evm.Halt;
import io.mooring.evm.Hash;
import io.mooring.evm.Tracer;
import io.mooring.evm.U256;
import io.mooring.evm.interpreter.Opcode;
import io.mooring.evm.state.AccountState;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.state.StateChanges.AccountChange;
import io.mooring.evm.state.StateSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Go-ethereum's {@code prestateTracer}: the accounts and slots that a transaction looked at, as
 * they were before it; or, in diff mode, those it changed, before and after. What is beyond its
 * budget is left out.
 */
public final class PrestateTracer implements Tracer {
  /** What the fixed parts of an account come to. */
  private static final int ACCOUNT_BYTES = 200;

  private static final int SLOT_BYTES = 140;

  private final TraceBudget budget;
  private final SortedMap<Address, SortedSet<U256>> touched = new TreeMap<>();

  /** What the last step looks at, which counts only if it does not fail. */
  private @Nullable Runnable pending;

  /**
   * @param parties the sender, the receiver, the coinbase and whoever signed an authorization
   */
  public PrestateTracer(Collection<Address> parties, TraceBudget budget) {
    this.budget = budget;
    parties.forEach(this::touch);
  }

  /** The state before, as far as it was looked at. */
  public ObjectNode prestate(StateSource before) {
    ObjectNode accounts = JsonNodeFactory.instance.objectNode();
    touched.forEach(
        (address, slots) ->
            before
                .account(address)
                .ifPresent(
                    account ->
                        accounts.set(address.toString(), all(before, address, account, slots))));
    return accounts;
  }

  private ObjectNode all(
      StateSource before, Address address, AccountState account, SortedSet<U256> slots) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (!budget.take(ACCOUNT_BYTES + (long) SLOT_BYTES * slots.size())) {
      return json;
    }
    addAccount(json, before, account);
    ObjectNode storage = JsonNodeFactory.instance.objectNode();
    slots.forEach(slot -> storage.put(word(slot), word(before.storage(address, slot))));
    if (!storage.isEmpty()) {
      json.set("storage", storage);
    }
    return json;
  }

  private void addAccount(ObjectNode json, StateSource before, AccountState account) {
    json.put("balance", account.balance().toString());
    if (!account.codeHash().equals(Hash.OF_NOTHING)) {
      json.put("code", code(before.code(account.codeHash()).bytes()));
      json.put("codeHash", account.codeHash().toString());
    }
    if (account.nonce() != 0) {
      json.put("nonce", account.nonce());
    }
  }

  /** {@code pre} and {@code post}: what changed, and what it became. */
  public ObjectNode diff(StateSource before, StateChanges changes) {
    ObjectNode pre = JsonNodeFactory.instance.objectNode();
    ObjectNode post = JsonNodeFactory.instance.objectNode();
    changes
        .accounts()
        .forEach(
            (address, change) -> {
              Optional<AccountState> known = before.account(address);
              known.ifPresent(
                  account ->
                      pre.set(address.toString(), changed(before, address, account, change)));
              if (change instanceof AccountChange.Written written) {
                post.set(
                    address.toString(),
                    after(before, address, known.orElse(AccountState.EMPTY), written, changes));
              }
            });
    ObjectNode diff = JsonNodeFactory.instance.objectNode();
    diff.set("post", post);
    diff.set("pre", pre);
    return diff;
  }

  private ObjectNode changed(
      StateSource before, Address address, AccountState account, AccountChange change) {
    SortedSet<U256> slots = new TreeSet<>(touched.getOrDefault(address, new TreeSet<>()));
    if (change instanceof AccountChange.Written written) {
      slots.retainAll(written.storage().keySet());
    }
    slots.removeIf(slot -> before.storage(address, slot).isZero());
    return all(before, address, account, slots);
  }

  private ObjectNode after(
      StateSource before,
      Address address,
      AccountState was,
      AccountChange.Written written,
      StateChanges changes) {
    AccountState is = written.after();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (!budget.take(ACCOUNT_BYTES + (long) SLOT_BYTES * written.storage().size())) {
      return json;
    }
    if (!is.balance().equals(was.balance())) {
      json.put("balance", is.balance().toString());
    }
    if (!is.codeHash().equals(was.codeHash())) {
      json.put("code", code(code(before, changes, is.codeHash())));
      json.put("codeHash", is.codeHash().toString());
    }
    if (is.nonce() != was.nonce()) {
      json.put("nonce", is.nonce());
    }
    ObjectNode storage = JsonNodeFactory.instance.objectNode();
    written
        .storage()
        .forEach(
            (slot, value) -> {
              if (!value.isZero() && !value.equals(before.storage(address, slot))) {
                storage.put(word(slot), word(value));
              }
            });
    if (!storage.isEmpty()) {
      json.set("storage", storage);
    }
    return json;
  }

  private String code(byte[] bytes) {
    return budget.take(2L * bytes.length) ? hex(bytes) : "";
  }

  private static byte[] code(StateSource before, StateChanges changes, Hash hash) {
    return (changes.codes().containsKey(hash) ? changes.codes().get(hash) : before.code(hash))
        .bytes();
  }

  @Override
  public void step(Step step) {
    settle();
    int opcode = step.opcode();
    if (step.stackSize() == 0) {
      return;
    }
    U256 top = step.stack(0);
    if (opcode == Opcode.SLOAD.code() || opcode == Opcode.SSTORE.code()) {
      Address contract = step.address();
      pending = () -> touch(contract, top);
    } else if (opcode == Opcode.BALANCE.code()
        || opcode == Opcode.EXTCODESIZE.code()
        || opcode == Opcode.EXTCODECOPY.code()
        || opcode == Opcode.EXTCODEHASH.code()
        || opcode == Opcode.SELFDESTRUCT.code()) {
      pending = () -> touch(address(top));
    }
  }

  @Override
  public void enter(Frame frame, long callerGas) {
    settle();
    touch(frame.to());
    touch(frame.code());
  }

  @Override
  public void exit(byte[] output, long gasUsed, Halt halt, boolean reverted) {
    if (halt != Halt.NONE) {
      pending = null;
    }
    settle();
  }

  private void settle() {
    Runnable last = pending;
    pending = null;
    if (last != null) {
      last.run();
    }
  }

  private SortedSet<U256> touch(Address address) {
    return touched.computeIfAbsent(address, key -> new TreeSet<>());
  }

  private void touch(Address address, U256 slot) {
    touch(address).add(slot);
  }

  private static Address address(U256 word) {
    return Address.of(Arrays.copyOfRange(word.bytes(), U256.BYTES - Address.BYTES, U256.BYTES));
  }

  private static String word(U256 value) {
    return hex(value.bytes());
  }

  private static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
