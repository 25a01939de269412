package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.evm.Tracer;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.state.StateSource;
import io.mooring.evm.trace.CallTracer;
import io.mooring.evm.trace.PrestateTracer;
import io.mooring.evm.trace.StructLogTracer;
import io.mooring.evm.transaction.TransactionResult;

/** A trace while it is made, and what it shows in the end. */
sealed interface Trace {
  Tracer tracer();

  ObjectNode result(StateSource before, TransactionResult.Executed executed, StateChanges changes);

  /** Every step. */
  record Steps(StructLogTracer tracer) implements Trace {
    @Override
    public ObjectNode result(
        StateSource before, TransactionResult.Executed executed, StateChanges changes) {
      return tracer.result(executed.gasUsed());
    }
  }

  /** The tree of calls. */
  record Calls(CallTracer tracer) implements Trace {
    @Override
    public ObjectNode result(
        StateSource before, TransactionResult.Executed executed, StateChanges changes) {
      return tracer.result(executed.gasUsed());
    }
  }

  /** The accounts looked at, or those that changed. */
  record Prestate(PrestateTracer tracer, boolean diff) implements Trace {
    @Override
    public ObjectNode result(
        StateSource before, TransactionResult.Executed executed, StateChanges changes) {
      return diff ? tracer.diff(before, changes) : tracer.prestate(before);
    }
  }

  /** Nothing, for measuring. */
  record Nothing() implements Trace {
    @Override
    public Tracer tracer() {
      return Tracer.NONE;
    }

    @Override
    public ObjectNode result(
        StateSource before, TransactionResult.Executed executed, StateChanges changes) {
      return JsonNodeFactory.instance.objectNode();
    }
  }
}
