package io.mooring.evm.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Evm;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import io.mooring.evm.Tracer;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the cases of state tests on an engine; may be shared by threads. */
public final class StateTestRunner {
  private final TransactionProcessor processor;
  private final Supplier<Tracer> tracers;

  public StateTestRunner(Evm evm) {
    this(evm, () -> Tracer.NONE);
  }

  /**
   * @param tracers gives each case its own
   */
  public StateTestRunner(Evm evm, Supplier<Tracer> tracers) {
    this.processor = new TransactionProcessor(evm);
    this.tracers = tracers;
  }

  /** Runs every case in a file, but those of the forks that {@code wanted} does not take. */
  public List<CaseResult> run(String file, JsonNode tests, Predicate<String> wanted) {
    List<CaseResult> results = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : tests.properties()) {
      if (StateTest.isOne(entry.getValue())) {
        run(new StateTest(entry.getKey(), entry.getValue()), wanted, results);
      } else {
        results.add(CaseResult.skipped(file + ":" + entry.getKey(), "", "not a state test"));
      }
    }
    if (results.isEmpty() && !tests.properties().iterator().hasNext()) {
      results.add(CaseResult.skipped(file, "", "not a state test"));
    }
    return results;
  }

  private void run(StateTest test, Predicate<String> wanted, List<CaseResult> results) {
    Prestate prestate = null;
    for (Map.Entry<String, JsonNode> post : test.json().get("post").properties()) {
      String forkName = post.getKey();
      if (!wanted.test(forkName)) {
        continue;
      }
      for (JsonNode expected : post.getValue()) {
        String name = post.getValue().size() == 1 ? test.name() : nameOf(test, expected);
        Optional<Fork> fork = ForkNames.find(forkName);
        if (fork.isEmpty()) {
          results.add(CaseResult.skipped(name, forkName, "not a fork that we have: " + forkName));
          continue;
        }
        try {
          prestate = prestate == null ? Prestate.read(test.json().get("pre")) : prestate;
          results.add(run(test, name, forkName, fork.get(), expected, prestate));
        } catch (RuntimeException | StackOverflowError fault) {
          results.add(CaseResult.failed(name, forkName, "fault: " + fault));
        }
      }
    }
  }

  private static String nameOf(StateTest test, JsonNode expected) {
    return test.name() + "_" + Indexes.read(expected.get("indexes"));
  }

  private record Prestate(MemoryState state, StateTrie trie) {
    static Prestate read(JsonNode alloc) {
      MemoryState state = AllocJson.read(alloc);
      return new Prestate(state, AllocJson.trie(state, NodeStore.NONE));
    }
  }

  private CaseResult run(
      StateTest test,
      String name,
      String forkName,
      Fork fork,
      JsonNode expected,
      Prestate prestate) {
    TransactionRules rules = test.rules(fork, forkName);
    BlockContext block = test.block(rules);
    BlockSpace space = new BlockSpace(block.gasLimit(), rules.blobs().blobGasMax());
    boolean refusalExpected = JsonHex.has(expected, "expectException");
    Transaction transaction;
    try {
      transaction =
          TransactionJson.read(
              test.json().get("transaction"),
              Indexes.read(expected.get("indexes")),
              rules.chainId());
    } catch (IllegalArgumentException | ArithmeticException unreadable) {
      return judge(
          name,
          forkName,
          expected,
          prestate,
          StateChanges.NONE,
          List.of(),
          null,
          refusalExpected ? "" : "the transaction cannot be read: " + unreadable.getMessage());
    }
    String envelopeError = refusalExpected ? "" : checkEnvelope(test, transaction, expected);

    WorldState state = new WorldState(prestate.state);
    TransactionResult result =
        processor.process(transaction, test.sender(), rules, block, space, state, tracers.get());
    return switch (result) {
      case TransactionResult.Executed executed ->
          judge(
              name,
              forkName,
              expected,
              prestate,
              state.changes(),
              executed.logs(),
              null,
              refusalExpected ? "the transaction was not refused" : envelopeError);
      case TransactionResult.Refused refused ->
          judge(
              name,
              forkName,
              expected,
              prestate,
              StateChanges.NONE,
              List.of(),
              refused.refusal(),
              envelopeError);
      case TransactionResult.Interrupted interrupted ->
          CaseResult.failed(name, forkName, "interrupted: " + interrupted.halt());
    };
  }

  /** Whether the signed bytes in the test, if it has any, say what its JSON says. */
  private static String checkEnvelope(StateTest test, Transaction transaction, JsonNode expected) {
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

  private static CaseResult judge(
      String name,
      String forkName,
      JsonNode expected,
      Prestate prestate,
      StateChanges changes,
      List<Log> logs,
      @Nullable Refusal refusal,
      String error) {
    StateTrie trie = prestate.trie.copy();
    trie.apply(changes);
    Hash root = trie.root();
    StringBuilder errors = new StringBuilder(error);
    if (!root.equals(JsonHex.hash(expected.get("hash")))) {
      errors.append(errors.isEmpty() ? "" : "; ").append("state root ").append(root);
      errors.append(", not ").append(expected.get("hash").asText());
      errors.append(refusal == null ? "" : ", refused: " + refusal.explanation());
      errors.append(difference(expected, prestate, changes));
    }
    Hash logsHash = Receipt.logsHash(logs);
    if (!logsHash.equals(JsonHex.hash(expected.get("logs")))) {
      errors.append(errors.isEmpty() ? "" : "; ").append("logs hash ").append(logsHash);
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

  private static String difference(JsonNode expected, Prestate prestate, StateChanges changes) {
    if (!expected.path("state").isObject()) {
      return "; " + changes.accounts();
    }
    MemoryState actual = prestate.state.copy();
    actual.apply(changes);
    return "; " + AllocJson.difference(AllocJson.read(expected.get("state")), actual);
  }
}
