package io.mooring.evm.interpreter;

import static io.mooring.evm.interpreter.Value.AT_THE_END;
import static io.mooring.evm.interpreter.Value.NOWHERE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a block's results as instructions: finds which are needed and where each comes to stand,
 * and at the end moves home whatever is not where the code would have left it.
 */
final class BlockWriter {
  private final ValueStack stack;
  private final List<Value> results;

  private long[] out = new long[32];
  private int outLength;
  private final int scratchBase;
  private boolean[] scratchTaken = new boolean[16];

  BlockWriter(ValueStack stack, List<Value> results) {
    this.stack = stack;
    this.results = results;
    this.scratchBase = Math.max(0, stack.height());
  }

  /** The block's instructions, the last of which is its end with the operands that it has. */
  long[] write(int end, @Nullable Value first, @Nullable Value second) {
    findUses(first, second);
    for (int i = 0; i < results.size(); i++) {
      Value result = results.get(i);
      if (result.isNeeded) {
        write(result, i);
      }
    }
    boolean inlined = first != null && second != null && Ir.inlinesSecond(end);
    if (first != null) {
      locate(first);
      keepFromMoves(first);
    }
    if (second != null && !inlined) {
      locate(second);
      keepFromMoves(second);
    }
    moveHome();
    int firstAt = first == null ? 0 : first.location;
    int secondAt = second == null || inlined ? 0 : second.location;
    write(Ir.encode(end, stack.height() * Words.LIMBS, firstAt, secondAt));
    if (second != null && inlined) {
      write(second.low());
    }
    return Arrays.copyOf(out, outLength);
  }

  /** Finds which results are needed, where each value is read last, and where it comes to stand. */
  private void findUses(@Nullable Value first, @Nullable Value second) {
    for (int position = stack.lowest(); position < stack.height(); position++) {
      Value value = stack.at(position);
      if (value.location != position * Words.LIMBS) {
        use(value, AT_THE_END);
        if (value.home == NOWHERE) {
          value.home = position;
        }
      }
    }
    if (first != null) {
      use(first, AT_THE_END);
    }
    if (second != null) {
      use(second, AT_THE_END);
    }
    for (int i = results.size() - 1; i >= 0; i--) {
      Value result = results.get(i);
      if (result.isNeeded || result.hasEffect) {
        result.isNeeded = true;
        if (result.x != null) {
          use(result.x, i);
        }
        if (result.y != null) {
          use(result.y, i);
        }
        if (result.z != null) {
          use(result.z, i);
        }
      }
    }
  }

  private static void use(Value value, int index) {
    value.isNeeded = true;
    value.lastUse = Math.max(value.lastUse, index);
  }

  private void write(Value result, int index) {
    Value x = result.x;
    Value y = result.y;
    Value z = result.z;
    boolean firstInlined = Ir.inlinesFirst(result.instruction);
    boolean secondInlined = Ir.inlinesSecond(result.instruction);
    if (x != null && !firstInlined) {
      locate(x);
    }
    if (y != null && !secondInlined) {
      locate(y);
    }
    if (z != null) {
      locate(z);
    }
    int firstAt = x == null || firstInlined ? 0 : x.location;
    int secondAt = y == null || secondInlined ? 0 : y.location;
    release(x, index);
    release(y, index);
    release(z, index);
    if (result.hasResult) {
      place(result, index);
    }

    int resultAt = result.hasResult ? result.location : 0;
    if (Ir.isEnvironment(result.instruction)) {
      write(Ir.encode(Ir.ENVIRONMENT, resultAt, result.instruction, 0));
      return;
    }
    write(Ir.encode(result.instruction, resultAt, firstAt, secondAt));
    if (z != null) {
      write(z.location);
    }
    Value inlined = firstInlined ? x : secondInlined ? y : null;
    if (inlined != null && inlined.constant != null) {
      int limbs = result.instruction == Ir.AND_WIDE ? Words.LIMBS : 1;
      for (int i = 0; i < limbs; i++) {
        write(inlined.constant[i]);
      }
    }
  }

  /** Makes sure that the value is somewhere: constants are written where they are first needed. */
  private void locate(Value value) {
    if (value.location == NOWHERE && value.constant != null) {
      value.location = takeScratch();
      value.isScratch = true;
      set(value.location, value.constant);
    }
  }

  private void release(@Nullable Value value, int index) {
    if (value != null && value.isScratch && value.lastUse <= index) {
      value.isScratch = false;
      scratchTaken[value.location / Words.LIMBS - scratchBase] = false;
    }
  }

  /** Puts a result where the block is to leave it, if what was there is no longer needed. */
  private void place(Value result, int index) {
    int home = result.home;
    if (home != NOWHERE && (home >= 0 || stack.entry(home).lastUse <= index)) {
      result.location = home * Words.LIMBS;
    } else {
      result.location = takeScratch();
      result.isScratch = true;
      release(result, index);
    }
  }

  private int takeScratch() {
    int i = 0;
    while (i < scratchTaken.length && scratchTaken[i]) {
      i++;
    }
    if (i == scratchTaken.length) {
      scratchTaken = Arrays.copyOf(scratchTaken, 2 * i);
    }
    scratchTaken[i] = true;
    return (scratchBase + i) * Words.LIMBS;
  }

  /** Moves an operand of the block's end out of the way, if something is to be moved over it. */
  private void keepFromMoves(Value value) {
    int position = value.location / Words.LIMBS;
    boolean isOverwritten =
        position >= stack.lowest() && position < stack.height() && stack.at(position) != value;
    if (isOverwritten) {
      int scratch = takeScratch();
      write(Ir.encode(Ir.MOVE, scratch, value.location, 0));
      value.location = scratch;
    }
  }

  private record Move(int to, int from) {}

  /** Moves everything at once to where the code would have left it. */
  private void moveHome() {
    List<Move> moves = new ArrayList<>();
    for (int position = stack.lowest(); position < stack.height(); position++) {
      Value value = stack.at(position);
      int to = position * Words.LIMBS;
      if (value.constant == null && value.location != to) {
        moves.add(new Move(to, value.location));
      }
    }
    while (!moves.isEmpty()) {
      if (!moveOneThatIsFree(moves)) {
        breakCycle(moves);
      }
    }
    for (int position = stack.lowest(); position < stack.height(); position++) {
      long[] constant = stack.at(position).constant;
      if (constant != null) {
        set(position * Words.LIMBS, constant);
      }
    }
  }

  private boolean moveOneThatIsFree(List<Move> moves) {
    for (Move move : moves) {
      if (!isRead(move.to(), move, moves)) {
        write(Ir.encode(Ir.MOVE, move.to(), move.from(), 0));
        moves.remove(move);
        return true;
      }
    }
    return false;
  }

  private static boolean isRead(int location, Move except, List<Move> moves) {
    for (Move move : moves) {
      if (move != except && move.from() == location) {
        return true;
      }
    }
    return false;
  }

  private void breakCycle(List<Move> moves) {
    int overwritten = moves.getFirst().to();
    int scratch = takeScratch();
    write(Ir.encode(Ir.MOVE, scratch, overwritten, 0));
    for (int i = 0; i < moves.size(); i++) {
      if (moves.get(i).from() == overwritten) {
        moves.set(i, new Move(moves.get(i).to(), scratch));
      }
    }
  }

  private void set(int location, long[] constant) {
    if ((constant[1] | constant[2] | constant[3]) == 0) {
      write(Ir.encode(Ir.SET, location, 0, 0));
      write(constant[0]);
    } else {
      write(Ir.encode(Ir.SET_WIDE, location, 0, 0));
      for (long limb : constant) {
        write(limb);
      }
    }
  }

  private void write(long instruction) {
    if (outLength == out.length) {
      out = Arrays.copyOf(out, 2 * outLength);
    }
    out[outLength++] = instruction;
  }
}
