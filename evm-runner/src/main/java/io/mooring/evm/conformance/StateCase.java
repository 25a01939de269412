package io.mooring.evm.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import io.mooring.evm.Tracer;
import io.mooring.evm.U256;
import io.mooring.evm.block.Receipt;
import io.mooring.evm.conformance.CaseResult.Verdict;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.state.MemoryState;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.state.WorldState;
import io.mooring.evm.transaction.BlockSpace;
import io.mooring.evm.transaction.Refusal;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.evm.transaction.TransactionProcessor;
import io.mooring.evm.transaction.TransactionResult;
import io.mooring.evm.transaction.TransactionRules;
import io.mooring.evm.trie.NodeStore;
import io.mooring.evm.trie.StateTrie;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One case of a state test: one transaction of its family, under one fork. */
record StateCase(
    StateTest test, String name, String forkName, Fork fork, JsonNode expected, Prestate prestate) {
  /** The state before, with its trie, which all cases of a test share. */
  record Prestate(MemoryState state, StateTrie trie) {
    static Prestate read(JsonNode alloc) {
      MemoryState state = AllocJson.read(alloc);
      return new Prestate(state, AllocJson.trie(state, NodeStore.NONE));
    }
  }

  CaseResult run(TransactionProcessor processor, Tracer tracer) {
    TransactionRules rules = test.rules(fork, forkName);
    BlockContext block = test.block(rules);
    BlockSpace space = new BlockSpace(block.gasLimit(), rules.blobs().blobGasMax());
    WorldState state = new WorldState(prestate.state);
    Transaction transaction;
    try {
      transaction =
          TransactionJson.read(
              test.json().get("transaction"),
              Indexes.read(expected.get("indexes")),
              rules.chainId());
    } catch (IllegalArgumentException | ArithmeticException unreadable) {
      String error = "the transaction cannot be read: " + unreadable.getMessage();
      payNothing(block.coinbase(), state);
      return judge(state, List.of(), null, refusalExpected() ? "" : error);
    }
    String error = refusalExpected() ? "" : checkEnvelope(transaction);

    TransactionResult result =
        processor.process(transaction, test.sender(), rules, block, space, state, tracer);
    payNothing(block.coinbase(), state);
    return switch (result) {
      case TransactionResult.Executed executed ->
          judge(
              state,
              executed.logs(),
              null,
              refusalExpected() ? "the transaction was not refused" : error);
      case TransactionResult.Refused(Refusal refusal) -> judge(state, List.of(), refusal, error);
      case TransactionResult.Interrupted(var halt) ->
          CaseResult.failed(name, forkName, "interrupted: " + halt);
    };
  }

  private boolean refusalExpected() {
    return JsonHex.has(expected, "expectException");
  }

  /**
   * The tool that filled the tests until Cancun made a block of each and paid its miner a reward of
   * zero, which before Spurious Dragon makes the account.
   */
  private void payNothing(Address coinbase, WorldState state) {
    if (test.isMinedForNothing() && !fork.includes(Fork.SPURIOUS_DRAGON)) {
      state.beginTransaction();
      state.credit(coinbase, U256.ZERO);
      state.endTransaction(fork);
    }
  }

  /** Whether the signed bytes in the test, if it has any, say what its JSON says. */
  private String checkEnvelope(Transaction transaction) {
    if (!JsonHex.has(expected, "txbytes")) {
      return "";
    }
    byte[] envelope = JsonHex.bytes(expected.get("txbytes"));
    SignedTransaction signed = SignedTransaction.decode(envelope);
    Transaction wanted =
        transaction instanceof Transaction.Legacy legacy
            ? legacy.onChain(signed.content().chainId())
            : transaction;
    if (!signed.content().signingHash().equals(wanted.signingHash())) {
      return "txbytes are another transaction";
    }
    Optional<Address> sender = signed.sender(Secp256k1.fastest());
    return sender.equals(Optional.of(test.sender())) ? "" : "txbytes are signed by " + sender;
  }

  private CaseResult judge(
      WorldState state, List<Log> logs, @Nullable Refusal refusal, String error) {
    StateChanges changes = state.changes();
    StateTrie trie = prestate.trie.copy();
    trie.apply(changes);
    Hash root = trie.root();
    StringBuilder errors = new StringBuilder(error);
    if (!root.equals(JsonHex.hash(expected.get("hash")))) {
      separate(errors).append("state root ").append(root);
      errors.append(", not ").append(expected.get("hash").asText());
      errors.append(refusal == null ? "" : "; refused: " + refusal.explanation());
      errors.append("; ").append(difference(changes));
    }
    Hash logsHash = Receipt.logsHash(logs);
    if (!logsHash.equals(JsonHex.hash(expected.get("logs")))) {
      separate(errors).append("logs hash ").append(logsHash);
      errors.append(", not ").append(expected.get("logs").asText());
    }
    return new CaseResult(
        name,
        forkName,
        errors.isEmpty() ? Verdict.PASSED : Verdict.FAILED,
        root,
        refusal,
        errors.toString());
  }

  private static StringBuilder separate(StringBuilder errors) {
    return errors.append(errors.isEmpty() ? "" : "; ");
  }

  /**
   * Where the state differs from the one expected; all that changed, where the test has only a
   * root.
   */
  private String difference(StateChanges changes) {
    if (!expected.path("state").isObject()) {
      return "changed: " + changes.accounts();
    }
    MemoryState actual = prestate.state.copy();
    actual.apply(changes);
    return AllocJson.difference(AllocJson.read(expected.get("state")), actual);
  }
}
