package io.mooring.contracts.simulation;

import io.mooring.evm.Address;
import io.mooring.evm.Halt;
import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import io.mooring.evm.Tracer;
import io.mooring.evm.U256;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Collects the logs of a transaction with their numbers and, if asked, one for each movement of
 * ether, as if it were an ERC-20 token of this address.
 */
final class TransferLogs implements Tracer {
  static final Address ETHER = Address.fromHex("eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");

  private static final Hash TRANSFER =
      Hash.fromHex("ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
  private static final int LOG0 = 0xa0;
  private static final int TOPICS_MAX = 4;

  private final boolean transfers;
  private final Deque<List<Numbered>> frames = new ArrayDeque<>();
  private List<Numbered> kept = List.of();
  private int count;

  /** A log, and its number in its block; numbers of logs that were taken back are not reused. */
  record Numbered(Log log, int index) {}

  TransferLogs(boolean transfers) {
    this.transfers = transfers;
  }

  /** The logs of the transaction that ended last. */
  List<Numbered> logs() {
    return kept;
  }

  @Override
  public void enter(Frame frame, long callerGas) {
    frames.push(new ArrayList<>());
    if (frame.kind() != FrameKind.DELEGATECALL && frame.kind() != FrameKind.STATICCALL) {
      Address to = frame.kind() == FrameKind.CALLCODE ? frame.code() : frame.to();
      transfer(frame.caller(), to, frame.value());
    }
  }

  @Override
  public void exit(byte[] output, long gasUsed, Halt halt, boolean reverted) {
    List<Numbered> logs = frames.pop();
    boolean failed = reverted || halt != Halt.NONE;
    List<Numbered> caller = frames.peek();
    if (caller == null) {
      kept = failed ? List.of() : List.copyOf(logs);
    } else if (!failed) {
      caller.addAll(logs);
    }
  }

  @Override
  public void selfDestruct(Address contract, Address beneficiary, U256 balance) {
    transfer(contract, beneficiary, balance);
  }

  /** A LOG that fails ends its frame, whose logs are dropped; so it can be kept before it runs. */
  @Override
  public void step(Step step) {
    int topics = step.opcode() - LOG0;
    if (topics < 0 || topics > TOPICS_MAX || step.stackSize() < 2 + topics) {
      return;
    }
    U256 offset = step.stack(0);
    U256 length = step.stack(1);
    if (length.toBigInteger().bitLength() >= Integer.SIZE - 1
        || !length.isZero() && offset.toBigInteger().bitLength() >= Integer.SIZE - 1
        || length.w0() > step.gas()) {
      return; // it cannot be paid
    }
    List<Hash> names = new ArrayList<>();
    for (int i = 0; i < topics; i++) {
      names.add(new Hash(step.stack(2 + i)));
    }
    int from = length.isZero() ? 0 : (int) offset.w0();
    add(new Log(step.address(), names, step.memory(from, (int) length.w0())));
  }

  private void transfer(Address from, Address to, U256 value) {
    if (transfers && !value.isZero()) {
      List<Hash> topics = List.of(TRANSFER, new Hash(from.word()), new Hash(to.word()));
      add(new Log(ETHER, topics, value.bytes()));
    }
  }

  private void add(Log log) {
    List<Numbered> open = frames.peek();
    if (open != null) {
      open.add(new Numbered(log, count++));
    }
  }
}
