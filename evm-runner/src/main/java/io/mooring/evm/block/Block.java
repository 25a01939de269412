package io.mooring.evm.block;

import io.mooring.evm.rlp.RlpInput;
import io.mooring.evm.rlp.RlpOutput;
import io.mooring.evm.transaction.SignedTransaction;
import java.util.ArrayList;
import java.util.List;

/** A header with what its roots are over; withdrawals are there since Shanghai. */
public record Block(
    BlockHeader header,
    List<SignedTransaction> transactions,
    List<BlockHeader> ommers,
    List<Withdrawal> withdrawals) {
  public Block {
    transactions = List.copyOf(transactions);
    ommers = List.copyOf(ommers);
    withdrawals = List.copyOf(withdrawals);
  }

  public byte[] encode() {
    RlpOutput output = new RlpOutput().startList().encoded(header.encode()).startList();
    transactions.forEach(transaction -> transaction.writeTo(output));
    output.endList().startList();
    ommers.forEach(ommer -> output.encoded(ommer.encode()));
    output.endList();
    if (hasWithdrawals()) {
      output.startList();
      withdrawals.forEach(withdrawal -> output.encoded(withdrawal.encode()));
      output.endList();
    }
    return output.endList().toBytes();
  }

  /**
   * @throws io.mooring.evm.rlp.MalformedRlp if this is not the one encoding of a block
   */
  public static Block decode(byte[] encoded) {
    RlpInput whole = RlpInput.of(encoded);
    Block block = read(whole);
    whole.end();
    return block;
  }

  /** Reads the next of several blocks. */
  public static Block read(RlpInput input) {
    RlpInput in = input.list();
    BlockHeader header = BlockHeader.read(in);
    List<SignedTransaction> transactions = new ArrayList<>();
    for (RlpInput list = in.list(); list.hasNext(); ) {
      transactions.add(SignedTransaction.decode(list.nextIsList() ? list.encoded() : list.bytes()));
    }
    List<BlockHeader> ommers = new ArrayList<>();
    for (RlpInput list = in.list(); list.hasNext(); ) {
      ommers.add(BlockHeader.read(list));
    }
    List<Withdrawal> withdrawals = new ArrayList<>();
    if (header.format().has(BlockHeader.Format.SHANGHAI)) {
      for (RlpInput list = in.list(); list.hasNext(); ) {
        withdrawals.add(Withdrawal.read(list));
      }
    }
    in.end();
    return new Block(header, transactions, ommers, withdrawals);
  }

  private boolean hasWithdrawals() {
    return header.format().has(BlockHeader.Format.SHANGHAI);
  }
}
