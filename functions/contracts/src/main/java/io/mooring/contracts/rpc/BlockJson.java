package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.ChainBlock;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.block.BlockHeader;
import io.mooring.evm.block.BlockHeader.Format;
import io.mooring.evm.block.Withdrawal;
import java.util.Arrays;

/** A block as the tools read it. */
final class BlockJson {
  private static final int NONCE_BYTES = 8;

  private BlockJson() {}

  static void write(JsonOutput out, ChainBlock block, boolean wholeTransactions) {
    out.startObject();
    writeMembers(out, block, wholeTransactions);
    out.endObject();
  }

  static void writeMembers(JsonOutput out, ChainBlock block, boolean wholeTransactions) {
    writeHeader(out, block.header(), block.hash());
    out.quantity("size", block.bytes())
        .list("uncles", block.block().ommers(), ommer -> out.text(ommer.hash().toString()))
        .name("transactions")
        .startArray();
    for (int i = 0; i < block.transactions().size(); i++) {
      if (wholeTransactions) {
        TransactionJson.mined(out, block, i);
      } else {
        out.text(block.transactionHashes().get(i).toString());
      }
    }
    out.endArray();
    if (has(block.header(), Format.SHANGHAI)) {
      out.list("withdrawals", block.block().withdrawals(), each -> writeWithdrawal(out, each));
    }
  }

  static void writeHeader(JsonOutput out, BlockHeader header, Hash hash) {
    byte[] nonce = U256.of(header.nonce()).bytes();
    out.hash("hash", hash)
        .hash("parentHash", header.parentHash())
        .hash("sha3Uncles", header.ommersHash())
        .address("miner", header.coinbase())
        .hash("stateRoot", header.stateRoot())
        .hash("transactionsRoot", header.transactionsRoot())
        .hash("receiptsRoot", header.receiptsRoot())
        .data("logsBloom", header.bloom().bytes())
        .quantity("difficulty", header.difficulty())
        .quantity("number", header.number())
        .quantity("gasLimit", header.gasLimit())
        .quantity("gasUsed", header.gasUsed())
        .quantity("timestamp", header.timestamp())
        .data("extraData", header.extraData())
        .hash("mixHash", header.mixHash())
        .data("nonce", Arrays.copyOfRange(nonce, nonce.length - NONCE_BYTES, nonce.length));
    if (has(header, Format.LONDON)) {
      out.quantity("baseFeePerGas", header.baseFee());
    }
    if (has(header, Format.SHANGHAI)) {
      out.hash("withdrawalsRoot", header.withdrawalsRoot());
    }
    if (has(header, Format.CANCUN)) {
      out.quantity("blobGasUsed", header.blobGasUsed())
          .quantity("excessBlobGas", header.excessBlobGas())
          .hash("parentBeaconBlockRoot", header.parentBeaconBlockRoot());
    }
    if (has(header, Format.PRAGUE)) {
      out.hash("requestsHash", header.requestsHash());
    }
  }

  private static void writeWithdrawal(JsonOutput out, Withdrawal withdrawal) {
    out.startObject()
        .quantity("index", withdrawal.index())
        .quantity("validatorIndex", withdrawal.validatorIndex())
        .address("address", withdrawal.address())
        .quantity("amount", withdrawal.gwei())
        .endObject();
  }

  static boolean has(BlockHeader header, Format fields) {
    return header.format().compareTo(fields) >= 0;
  }
}
