package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.FoundLog;
import io.mooring.contracts.simulation.SimulatedBlock;
import io.mooring.evm.Outcome;
import io.mooring.evm.trace.Errors;

/** A simulated block as {@code eth_simulateV1} answers it: the block, and how its calls went. */
final class SimulatedJson {
  private SimulatedJson() {}

  static void write(JsonOutput out, SimulatedBlock simulated, boolean wholeTransactions) {
    out.startObject();
    BlockJson.writeMembers(out, simulated.block(), wholeTransactions);
    out.name("calls").startArray();
    for (int i = 0; i < simulated.calls().size(); i++) {
      write(out, simulated.block(), i, simulated.calls().get(i));
    }
    out.endArray().endObject();
  }

  private static void write(JsonOutput out, ChainBlock block, int index, SimulatedBlock.Call call) {
    Outcome outcome = call.executed().outcome();
    boolean silent = outcome.status() == Outcome.Status.HALTED;
    out.startObject()
        .data("returnData", silent ? new byte[0] : outcome.output())
        .list(
            "logs",
            call.logs(),
            log ->
                LogJson.write(
                    out,
                    new FoundLog(
                        log.log(),
                        block.number(),
                        block.hash(),
                        block.header().timestamp(),
                        block.transactionHashes().get(index),
                        index,
                        log.index())))
        .quantity("gasUsed", call.executed().gasUsed())
        .quantity("maxUsedGas", call.gasUsedMost())
        .quantity("status", outcome.isSuccess() ? 1 : 0);
    if (!outcome.isSuccess()) {
      writeError(out.name("error"), outcome);
    }
    out.endObject();
  }

  private static void writeError(JsonOutput out, Outcome outcome) {
    out.startObject();
    if (outcome.status() == Outcome.Status.REVERTED) {
      RpcError reverted = RpcError.reverted(outcome.output());
      out.name("code")
          .integer(reverted.code())
          .text("message", reverted.message())
          .name("data")
          .tree(reverted.data());
    } else {
      out.name("code").integer(RpcCodes.VM_ERROR).text("message", Errors.of(outcome.halt(), false));
    }
    out.endObject();
  }
}
