package io.mooring.evm.besu;

import io.mooring.evm.Halt;
import io.mooring.evm.Limits;
import java.util.concurrent.TimeUnit;
import org.hyperledger.besu.evm.frame.MessageFrame;
import org.hyperledger.besu.evm.operation.Operation.OperationResult;
import org.hyperledger.besu.evm.tracing.OperationTracer;

/** Holds one of Besu's executions to the limits that are ours: it sees every instruction. */
final class Watch implements OperationTracer {
  private static final int INSTRUCTIONS_BETWEEN_LOOKS = 4096;

  private final long heapBytesMax;
  private final long deadlineNanos;
  private int untilLook = INSTRUCTIONS_BETWEEN_LOOKS;

  Watch(Limits limits) {
    this.heapBytesMax = limits.heapBytesMax();
    this.deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limits.wallMillisMax());
  }

  @Override
  public void traceContextEnter(MessageFrame frame) {
    look(frame);
  }

  @Override
  public void tracePostExecution(MessageFrame frame, OperationResult result) {
    if (--untilLook == 0 || frame.memoryByteSize() > heapBytesMax) {
      untilLook = INSTRUCTIONS_BETWEEN_LOOKS;
      look(frame);
    }
  }

  private void look(MessageFrame frame) {
    if (System.nanoTime() - deadlineNanos > 0) {
      throw new Interruption(Halt.DEADLINE_PASSED);
    }
    long held = 0;
    for (MessageFrame open : frame.getMessageFrameStack()) {
      held += open.memoryByteSize();
    }
    if (held > heapBytesMax) {
      throw new Interruption(Halt.HEAP_EXHAUSTED);
    }
  }
}
