package io.mooring.contracts.block;

import io.mooring.contracts.chain.ChainBlock;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import io.mooring.evm.block.Block;
import io.mooring.evm.block.Receipt;
import io.mooring.evm.rlp.RlpInput;
import io.mooring.evm.rlp.RlpOutput;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import io.mooring.platform.commit.KeptEntry;
import io.mooring.platform.commit.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The content of one entry of a chain: the block exactly as Ethereum encodes it, and what saves its
 * readers from executing it again.
 *
 * <pre>
 * { 1: block (RLP), 2: receipts (RLP, without blooms), 3: write-set (RLP),
 *   4: senders, 20 bytes each, 5: milliseconds }
 * </pre>
 *
 * <p>All but the first and the last can be made again from the block and the state before it; the
 * header's roots say what must come out.
 */
public record BlockRecord(ChainBlock block, StateChanges changes) {
  public static final String ENTRY_TYPE = "mooring.block";
  public static final String CONTENT_TYPE = "application/vnd.mooring.block+cbor";

  private static final int FIELDS = 5;
  private static final int BYTES_MAX = Math.toIntExact(Write.BYTES_MAX);

  public byte[] toBytes() {
    RlpOutput receipts = new RlpOutput().startList();
    block.receipts().forEach(receipt -> writeReceipt(receipts, receipt));
    byte[] senders = new byte[block.senders().size() * Address.BYTES];
    for (int i = 0; i < block.senders().size(); i++) {
      System.arraycopy(
          block.senders().get(i).bytes(), 0, senders, i * Address.BYTES, Address.BYTES);
    }
    return new CborWriter()
        .map(FIELDS)
        .unsigned(1)
        .bytes(block.block().encode())
        .unsigned(2)
        .bytes(receipts.endList().toBytes())
        .unsigned(3)
        .bytes(WriteSet.encode(changes))
        .unsigned(4)
        .bytes(senders)
        .unsigned(5)
        .unsigned(block.timeMillis())
        .toBytes();
  }

  /**
   * @throws MalformedException or {@link io.mooring.evm.rlp.MalformedRlp} if this is no record
   */
  public static BlockRecord ofBytes(byte[] bytes) {
    byte[][] parts = new byte[FIELDS][];
    long[] millis = new long[1];
    CborReader cbor = new CborReader(bytes);
    cbor.numberedMap(
        FIELDS,
        key -> {
          if (key >= 1 && key < FIELDS) {
            parts[(int) key] = cbor.bytes(BYTES_MAX);
          } else if (key == FIELDS) {
            millis[0] = cbor.unsigned();
          } else {
            throw new MalformedException("a block's record has no field " + key);
          }
        });
    cbor.end();
    for (int i = 1; i < FIELDS; i++) {
      if (parts[i] == null) {
        throw new MalformedException("a block's record lacks field " + i);
      }
    }
    Block block = Block.decode(parts[1]);
    return new BlockRecord(
        chainBlock(block, receipts(parts[2]), senders(parts[4]), millis[0], parts[1].length),
        WriteSet.decode(parts[3]));
  }

  /** The record that an entry of a chain's ledger keeps; none where the entry is no block. */
  public static Optional<BlockRecord> of(KeptEntry entry) {
    if (!entry.entry().type().equals(ENTRY_TYPE)) {
      return Optional.empty();
    }
    if (entry.about() instanceof KeptEntry.Here here) {
      return Optional.of(ofBytes(here.content()));
    }
    throw new MalformedException("a block stands in its commit and nowhere else");
  }

  /** A block with the hashes that it is found by. */
  public static ChainBlock chainBlock(
      Block block, List<Receipt> receipts, List<Address> senders, long timeMillis, int bytes) {
    return new ChainBlock(
        block,
        block.header().hash(),
        block.transactions().stream().map(SignedTransaction::hash).toList(),
        senders,
        receipts,
        timeMillis,
        bytes);
  }

  private static List<Address> senders(byte[] packed) {
    List<Address> senders = new ArrayList<>(packed.length / Address.BYTES);
    for (int at = 0; at < packed.length; at += Address.BYTES) {
      senders.add(Address.of(Arrays.copyOfRange(packed, at, at + Address.BYTES)));
    }
    return senders;
  }

  private static void writeReceipt(RlpOutput output, Receipt receipt) {
    output.startList().number(receipt.type());
    switch (receipt.result()) {
      case Receipt.Result.StateRoot(Hash root) -> output.bytes(root.bytes());
      case Receipt.Result.Status(boolean success) -> output.number(success ? 1 : 0);
    }
    output.number(receipt.cumulativeGasUsed()).startList();
    receipt
        .logs()
        .forEach(
            log -> {
              output.startList().address(log.address()).startList();
              log.topics().forEach(topic -> output.bytes(topic.bytes()));
              output.endList().bytes(log.data()).endList();
            });
    output.endList().endList();
  }

  private static List<Receipt> receipts(byte[] encoded) {
    List<Receipt> receipts = new ArrayList<>();
    for (RlpInput list = RlpInput.ofList(encoded); list.hasNext(); ) {
      RlpInput in = list.list();
      byte type = (byte) in.number();
      Receipt.Result result =
          in.nextLength() == Hash.BYTES
              ? new Receipt.Result.StateRoot(Hash.of(in.bytes(Hash.BYTES)))
              : new Receipt.Result.Status(in.number() == 1);
      long cumulativeGasUsed = in.number();
      List<Log> logs = new ArrayList<>();
      for (RlpInput items = in.list(); items.hasNext(); ) {
        RlpInput log = items.list();
        Address address = log.address();
        List<Hash> topics = new ArrayList<>();
        for (RlpInput topic = log.list(); topic.hasNext(); ) {
          topics.add(Hash.of(topic.bytes(Hash.BYTES)));
        }
        logs.add(new Log(address, topics, log.bytes()));
        log.end();
      }
      in.end();
      receipts.add(new Receipt(type, result, cumulativeGasUsed, logs));
    }
    return receipts;
  }
}
