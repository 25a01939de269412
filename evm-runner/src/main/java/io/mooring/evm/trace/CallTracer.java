package io.mooring.evm.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.evm.Address;
import io.mooring.evm.Halt;
import io.mooring.evm.Tracer;
import io.mooring.evm.U256;
import io.mooring.evm.interpreter.Opcode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Go-ethereum's {@code callTracer}: the tree of frames, each with what went in and came out. What
 * is beyond its budget is left out.
 */
public final class CallTracer implements Tracer {
  /** What the fixed parts of a frame or a log come to. */
  private static final int PART_BYTES = 250;

  private final long gasLimit;
  private final Options options;
  private final TraceBudget budget;
  private final Deque<Call> open = new ArrayDeque<>();
  private @Nullable Call root;
  private int logs;

  /**
   * @param onlyTopCall leaves the frames inside the first one out
   * @param withLog adds the logs of frames that did not fail
   */
  public record Options(boolean onlyTopCall, boolean withLog) {
    public static final Options USUAL = new Options(false, false);
  }

  /**
   * @param gasLimit the transaction's, which stands as the first frame's gas
   */
  public CallTracer(long gasLimit, Options options, TraceBudget budget) {
    this.gasLimit = gasLimit;
    this.options = options;
    this.budget = budget;
  }

  /** The first frame, to which {@code gasUsed} is what the transaction paid for. */
  public ObjectNode result(long gasUsed) {
    if (root == null) {
      throw new IllegalStateException("nothing was executed");
    }
    root.gasUsed = gasUsed;
    return root.json();
  }

  @Override
  public void enter(Frame frame, long callerGas) {
    open.push(new Call(frame, room(frame.input())));
  }

  @Override
  public void exit(byte[] output, long gasUsed, Halt halt, boolean reverted) {
    Call call = open.pop();
    call.gasUsed = gasUsed;
    call.output = room(output);
    call.error = Errors.of(halt, reverted);
    if (!call.error.isEmpty()) {
      logs -= call.dropLogs();
    }
    Call caller = open.peek();
    if (caller == null) {
      call.gas = gasLimit;
      root = call;
    } else if (!options.onlyTopCall && !budget.isSpent()) {
      caller.calls.add(call);
    }
  }

  /** The same bytes, twice as long in hexadecimal, if there is room for them. */
  private byte[] room(byte[] bytes) {
    return budget.take(PART_BYTES + 2L * bytes.length) ? bytes.clone() : new byte[0];
  }

  @Override
  public void selfDestruct(Address contract, Address beneficiary, U256 balance) {
    Call caller = open.peek();
    if (caller != null && !options.onlyTopCall && budget.take(PART_BYTES)) {
      caller.calls.add(new Call("SELFDESTRUCT", contract, beneficiary, balance, new byte[0], 0));
    }
  }

  /** A LOG that fails ends its frame, whose logs are dropped; so it can be kept before it runs. */
  @Override
  public void step(Step step) {
    int topics = step.opcode() - Opcode.LOG0.code();
    boolean wanted = options.withLog && (!options.onlyTopCall || step.depth() == 1);
    Call call = open.peek();
    if (call == null || !wanted || topics < 0 || topics > 4 || step.stackSize() < 2 + topics) {
      return;
    }
    U256 offset = step.stack(0);
    U256 length = step.stack(1);
    if (length.toBigInteger().bitLength() >= Integer.SIZE - 1
        || !length.isZero() && offset.toBigInteger().bitLength() >= Integer.SIZE - 1) {
      return; // it cannot be paid
    }
    if (!budget.take(PART_BYTES + 2L * length.w0())) {
      return;
    }
    ObjectNode log = JsonNodeFactory.instance.objectNode();
    log.put("address", step.address().toString());
    ArrayNode names = log.putArray("topics");
    for (int i = 0; i < topics; i++) {
      names.add(hex(step.stack(2 + i).bytes()));
    }
    int from = length.isZero() ? 0 : (int) offset.w0();
    log.put("data", hex(step.memory(from, (int) length.w0())));
    log.put("index", "0x" + Integer.toHexString(logs++));
    log.put("position", "0x" + Integer.toHexString(call.calls.size()));
    call.logs.add(log);
  }

  private static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }

  /** One frame, open or ended. */
  private static final class Call {
    private final String type;
    private final Address from;
    private final Address to;
    private final @Nullable U256 value;
    private final byte[] input;
    private final List<Call> calls = new ArrayList<>();
    private final List<ObjectNode> logs = new ArrayList<>();
    private long gas;
    private long gasUsed;
    private byte[] output = new byte[0];
    private String error = "";

    Call(Frame frame, byte[] input) {
      this(
          frame.kind().name(),
          runsOthersCode(frame) ? frame.to() : frame.caller(),
          runsOthersCode(frame) ? frame.code() : frame.to(),
          frame.kind() == FrameKind.STATICCALL ? null : frame.value(),
          input,
          frame.gas());
    }

    Call(String type, Address from, Address to, @Nullable U256 value, byte[] input, long gas) {
      this.type = type;
      this.from = from;
      this.to = to;
      this.value = value;
      this.input = input;
      this.gas = gas;
    }

    private static boolean runsOthersCode(Frame frame) {
      return frame.kind() == FrameKind.DELEGATECALL || frame.kind() == FrameKind.CALLCODE;
    }

    /** How many logs were dropped here and in the frames inside. */
    int dropLogs() {
      int dropped = logs.size();
      logs.clear();
      for (Call call : calls) {
        dropped += call.dropLogs();
      }
      return dropped;
    }

    ObjectNode json() {
      boolean reverted = error.equals(Errors.REVERTED);
      boolean unmade = !error.isEmpty() && type.startsWith("CREATE");
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("from", from.toString());
      json.put("gas", "0x" + Long.toHexString(gas));
      json.put("gasUsed", "0x" + Long.toHexString(gasUsed));
      if (!unmade) {
        json.put("to", to.toString());
      }
      json.put("input", hex(input));
      if (output.length > 0 && (error.isEmpty() || reverted)) {
        json.put("output", hex(output));
      }
      if (!error.isEmpty()) {
        json.put("error", error);
      }
      String reason = reverted ? RevertReason.of(output) : "";
      if (!reason.isEmpty()) {
        json.put("revertReason", reason);
      }
      if (!calls.isEmpty()) {
        ArrayNode inside = json.putArray("calls");
        calls.forEach(call -> inside.add(call.json()));
      }
      if (!logs.isEmpty()) {
        json.putArray("logs").addAll(logs);
      }
      if (value != null) {
        json.put("value", value.toString());
      }
      return json.put("type", type);
    }
  }
}
