package io.mooring.evm.interpreter;

import io.mooring.evm.state.Account;
import java.util.ArrayList;
import java.util.List;

/** The frames of an execution, innermost last, and those that ended and can be used again. */
final class Frames {
  private static final int KEPT_MAX = 32;

  private final List<Frame> frames = new ArrayList<>();
  private int depth;

  Frame push(Execution execution, Account self, Block first) {
    depth++;
    if (depth > frames.size()) {
      frames.add(new Frame(execution, depth, self, first));
    }
    Frame frame = innermost();
    frame.execution = execution;
    frame.block = first;
    return frame;
  }

  Frame innermost() {
    return frames.get(depth - 1);
  }

  void pop() {
    innermost().end();
    depth--;
  }

  void popAll() {
    while (depth > 0) {
      pop();
    }
  }

  boolean isEmpty() {
    return depth == 0;
  }

  int depth() {
    return depth;
  }

  /** Lets go of what a deep execution has left, before the frames wait for the next one. */
  void trim() {
    if (frames.size() > KEPT_MAX) {
      frames.subList(KEPT_MAX, frames.size()).clear();
    }
  }
}
