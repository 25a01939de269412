package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.FoundLog;
import io.mooring.evm.Log;

/** A log as the tools read it. */
final class LogJson {
  private LogJson() {}

  static void write(JsonOutput out, FoundLog found) {
    out.startObject()
        .address("address", found.log().address())
        .list("topics", found.log().topics(), topic -> out.text(topic.toString()))
        .data("data", found.log().data())
        .quantity("blockNumber", found.blockNumber())
        .hash("transactionHash", found.transactionHash())
        .quantity("transactionIndex", found.transactionIndex())
        .hash("blockHash", found.blockHash())
        .quantity("blockTimestamp", found.blockTimestamp())
        .quantity("logIndex", found.logIndex())
        .name("removed")
        .flag(false)
        .endObject();
  }

  /** All logs of one transaction. */
  static void writeAll(JsonOutput out, ChainBlock block, int index) {
    int logIndex = block.firstLog(index);
    out.startArray();
    for (Log log : block.receipts().get(index).logs()) {
      write(out, found(block, index, log, logIndex++));
    }
    out.endArray();
  }

  static FoundLog found(ChainBlock block, int index, Log log, int logIndex) {
    return new FoundLog(
        log,
        block.number(),
        block.hash(),
        block.header().timestamp(),
        block.transactionHashes().get(index),
        index,
        logIndex);
  }
}
