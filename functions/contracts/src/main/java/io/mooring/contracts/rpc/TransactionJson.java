package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.PoolView;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.transaction.AccessListEntry;
import io.mooring.evm.transaction.Authorization;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import java.util.List;

/** A transaction as the tools read it, in a block or waiting for one. */
final class TransactionJson {
  private static final long V_BEFORE_EIP_155 = 27;
  private static final long V_SINCE_EIP_155 = 35;

  private TransactionJson() {}

  static void mined(JsonOutput out, ChainBlock block, int index) {
    SignedTransaction signed = block.transactions().get(index);
    out.startObject()
        .hash("blockHash", block.hash())
        .quantity("blockNumber", block.number())
        .quantity("blockTimestamp", block.header().timestamp())
        .quantity("transactionIndex", index)
        .quantity("gasPrice", gasPrice(signed.content(), block.header().baseFee()));
    write(out, signed, block.transactionHashes().get(index), block.senders().get(index));
  }

  static void waiting(JsonOutput out, PoolView.Waiting waiting) {
    waiting(out, waiting.transaction(), waiting.hash(), waiting.sender());
  }

  static void waiting(JsonOutput out, SignedTransaction signed, Hash hash, Address sender) {
    out.startObject()
        .nothing("blockHash")
        .nothing("blockNumber")
        .nothing("blockTimestamp")
        .nothing("transactionIndex")
        .quantity("gasPrice", signed.content().maxFeePerGas());
    write(out, signed, hash, sender);
  }

  /** What a unit of gas costs the sender in a block with that base fee. */
  static U256 gasPrice(Transaction transaction, U256 baseFee) {
    U256 room = transaction.maxFeePerGas().minus(baseFee);
    U256 tip = transaction.maxPriorityFeePerGas();
    return tip.compareTo(room) > 0 ? transaction.maxFeePerGas() : baseFee.plus(tip);
  }

  private static void write(JsonOutput out, SignedTransaction signed, Hash hash, Address sender) {
    Transaction transaction = signed.content();
    out.address("from", sender)
        .quantity("gas", transaction.gasLimit())
        .hash("hash", hash)
        .data("input", transaction.data())
        .quantity("nonce", transaction.nonce())
        .quantity("value", transaction.value())
        .quantity("type", transaction.type());
    transaction.to().ifPresentOrElse(to -> out.address("to", to), () -> out.nothing("to"));
    switch (transaction) {
      case Transaction.Legacy legacy -> {
        if (legacy.chainId() != 0) {
          out.quantity("chainId", legacy.chainId());
        }
      }
      case Transaction.AccessListed listed -> writeAccessList(out, listed);
      case Transaction.DynamicFee dynamic -> {
        writeFees(out, dynamic);
        writeAccessList(out, dynamic);
      }
      case Transaction.Blob blob -> {
        writeFees(out, blob);
        writeAccessList(out, blob);
        out.quantity("maxFeePerBlobGas", blob.maxFeePerBlobGas())
            .list("blobVersionedHashes", blob.blobHashes(), h -> out.text(h.toString()));
      }
      case Transaction.SetCode setCode -> {
        writeFees(out, setCode);
        writeAccessList(out, setCode);
        out.list(
            "authorizationList",
            setCode.authorizations(),
            authorization -> writeAuthorization(out, authorization));
      }
    }
    writeSignature(out, signed);
    out.endObject();
  }

  private static void writeFees(JsonOutput out, Transaction transaction) {
    out.quantity("maxFeePerGas", transaction.maxFeePerGas())
        .quantity("maxPriorityFeePerGas", transaction.maxPriorityFeePerGas());
  }

  private static void writeAccessList(JsonOutput out, Transaction transaction) {
    out.quantity("chainId", transaction.chainId());
    writeAccessList(out.name("accessList"), transaction.accessList());
  }

  static void writeAccessList(JsonOutput out, List<AccessListEntry> entries) {
    out.list(
        entries,
        entry ->
            out.startObject()
                .address("address", entry.address())
                .list("storageKeys", entry.storageKeys(), key -> out.text(Hex.word(key)))
                .endObject());
  }

  private static void writeAuthorization(JsonOutput out, Authorization authorization) {
    out.startObject()
        .quantity("chainId", authorization.chainId())
        .address("address", authorization.delegate())
        .quantity("nonce", authorization.nonce())
        .quantity("yParity", authorization.yParity())
        .quantity("r", authorization.r())
        .quantity("s", authorization.s())
        .endObject();
  }

  private static void writeSignature(JsonOutput out, SignedTransaction signed) {
    int yParity = signed.signature().yParity();
    if (signed.content() instanceof Transaction.Legacy legacy) {
      out.quantity("v", v(legacy.chainId(), yParity));
    } else {
      out.quantity("v", yParity).quantity("yParity", yParity);
    }
    out.quantity("r", signed.signature().r()).quantity("s", signed.signature().s());
  }

  private static U256 v(long chainId, int yParity) {
    U256 id = U256.of(chainId);
    return chainId == 0
        ? U256.of(V_BEFORE_EIP_155 + yParity)
        : id.plus(id).plus(U256.of(V_SINCE_EIP_155 + yParity));
  }
}
