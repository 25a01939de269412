package io.mooring.evm.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Evm;
import io.mooring.evm.Fork;
import io.mooring.evm.Tracer;
import io.mooring.evm.conformance.StateCase.Prestate;
import io.mooring.evm.transaction.TransactionProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

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
          StateCase one = new StateCase(test, name, forkName, fork.get(), expected, prestate);
          results.add(one.run(processor, tracers.get()));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError fault) {
          results.add(CaseResult.failed(name, forkName, "fault: " + fault));
        }
      }
    }
  }

  private static String nameOf(StateTest test, JsonNode expected) {
    return test.name() + "_" + Indexes.read(expected.get("indexes"));
  }
}
