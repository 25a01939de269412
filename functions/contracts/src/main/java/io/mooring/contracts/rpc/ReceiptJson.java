package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.evm.Address;
import io.mooring.evm.ContractAddress;
import io.mooring.evm.block.Receipt;
import io.mooring.evm.transaction.Transaction;

/** A receipt as the tools read it. */
final class ReceiptJson {
  private ReceiptJson() {}

  static void write(JsonOutput out, Chain chain, ChainBlock block, int index) {
    Receipt receipt = block.receipts().get(index);
    Transaction transaction = block.transactions().get(index).content();
    Address sender = block.senders().get(index);
    out.startObject()
        .hash("transactionHash", block.transactionHashes().get(index))
        .quantity("transactionIndex", index)
        .hash("blockHash", block.hash())
        .quantity("blockNumber", block.number())
        .address("from", sender)
        .quantity("cumulativeGasUsed", receipt.cumulativeGasUsed())
        .quantity("gasUsed", block.gasUsed(index))
        .quantity(
            "effectiveGasPrice", TransactionJson.gasPrice(transaction, block.header().baseFee()))
        .quantity("type", transaction.type())
        .data("logsBloom", receipt.bloom().bytes());
    transaction
        .to()
        .ifPresentOrElse(
            to -> out.address("to", to).nothing("contractAddress"),
            () ->
                out.nothing("to")
                    .address("contractAddress", ContractAddress.of(sender, transaction.nonce())));
    switch (receipt.result()) {
      case Receipt.Result.Status(boolean success) -> out.quantity("status", success ? 1 : 0);
      case Receipt.Result.StateRoot(var root) -> out.hash("root", root);
    }
    if (transaction instanceof Transaction.Blob blob) {
      out.quantity("blobGasUsed", blob.blobGas())
          .quantity(
              "blobGasPrice",
              chain.rules(block.header()).blobs().baseFee(block.header().excessBlobGas()));
    }
    LogJson.writeAll(out.name("logs"), block, index);
    out.endObject();
  }
}
