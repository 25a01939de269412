package io.mooring.evm.block;

import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import io.mooring.evm.rlp.RlpOutput;
import java.util.List;

/**
 * What a block commits to of how a transaction went.
 *
 * @param type the transaction's type byte
 * @param cumulativeGasUsed the block's gas up to and with this transaction
 */
public record Receipt(byte type, Result result, long cumulativeGasUsed, List<Log> logs) {
  /** What a receipt says of the execution. */
  public sealed interface Result {
    /** The state root after the transaction, before Byzantium. */
    record StateRoot(Hash root) implements Result {}

    /** Whether it succeeded (EIP-658). */
    record Status(boolean success) implements Result {}
  }

  public Receipt {
    logs = List.copyOf(logs);
  }

  public Bloom bloom() {
    return Bloom.of(logs);
  }

  /** The encoding that the receipts root is over: a list, behind the type byte if there is one. */
  public byte[] encode() {
    RlpOutput output = new RlpOutput().startList();
    switch (result) {
      case Result.StateRoot(Hash root) -> output.bytes(root.bytes());
      case Result.Status(boolean success) -> output.number(success ? 1 : 0);
    }
    output.number(cumulativeGasUsed).bytes(bloom().bytes());
    writeLogs(logs, output);
    byte[] list = output.endList().toBytes();
    if (type == 0) {
      return list;
    }
    byte[] typed = new byte[1 + list.length];
    typed[0] = type;
    System.arraycopy(list, 0, typed, 1, list.length);
    return typed;
  }

  /** The hash of the logs' encoding, by which the state tests compare them. */
  public static Hash logsHash(List<Log> logs) {
    RlpOutput output = new RlpOutput();
    writeLogs(logs, output);
    return Hash.keccak(output.toBytes());
  }

  private static void writeLogs(List<Log> logs, RlpOutput output) {
    output.startList();
    for (Log log : logs) {
      output.startList().address(log.address()).startList();
      log.topics().forEach(topic -> output.bytes(topic.bytes()));
      output.endList().bytes(log.data()).endList();
    }
    output.endList();
  }
}
