package io.mooring.evm.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.evm.Address;
import io.mooring.evm.U256;
import io.mooring.evm.interpreter.Opcode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The default trace of {@code debug_traceTransaction}: every step, kept until the end.
 *
 * <p>Steps beyond its budget are left out.
 */
public final class StructLogTracer extends StepRecorder {
  private static final int WORD_BYTES = 32;

  /** What the fixed parts of a step come to, for the bound. */
  private static final int STEP_BYTES = 100;

  private final TraceOptions options;
  private final TraceBudget budget;
  private final ArrayNode steps = JsonNodeFactory.instance.arrayNode();
  private final Map<Address, SortedMap<String, String>> storage = new HashMap<>();
  private byte[] output = new byte[0];
  private String error = "";

  public StructLogTracer(TraceOptions options, TraceBudget budget) {
    super(options);
    this.options = options;
    this.budget = budget;
  }

  /** The result of the method; {@code gasUsed} is what the transaction paid for. */
  public ObjectNode result(long gasUsed) {
    boolean failed = !error.isEmpty();
    boolean silent = failed && !error.equals(Errors.REVERTED);
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("gas", gasUsed);
    result.put("failed", failed);
    result.put("returnValue", hex(silent ? new byte[0] : output));
    result.set("structLogs", steps);
    return result;
  }

  @Override
  void ended(int depth, byte[] output, long gasUsed, String error) {
    if (depth == 1) {
      this.output = output;
      this.error = error;
    }
  }

  @Override
  void record(TracedStep step) {
    if (!budget.take(STEP_BYTES)) {
      return;
    }
    ObjectNode log = steps.addObject();
    log.put("pc", step.pc());
    log.put("op", step.opcodeName());
    log.put("gas", step.gas());
    log.put("gasCost", step.gasCost());
    log.put("depth", step.depth());
    if (!step.error().isEmpty()) {
      log.put("error", step.error());
    }
    if (options.stack()) {
      ArrayNode stack = log.putArray("stack");
      step.stack().forEach(item -> stack.add(item.toString()));
      budget.take((long) WORD_BYTES * stack.size());
    }
    if (step.returnData().length > 0) {
      log.put("returnData", hex(step.returnData()));
      budget.take(2L * step.returnData().length);
    }
    if (step.memory().length > 0) {
      ArrayNode memory = log.putArray("memory");
      for (int at = 0; at < step.memory().length; at += WORD_BYTES) {
        memory.add(hex(Arrays.copyOfRange(step.memory(), at, at + WORD_BYTES)));
      }
      budget.take(2L * step.memory().length);
    }
    if (options.storage() && step.error().isEmpty()) {
      addStorage(step, log);
    }
    if (step.refund() != 0) {
      log.put("refund", step.refund());
    }
  }

  /** After each access to storage, all that the contract's storage was seen to hold. */
  private void addStorage(TracedStep step, ObjectNode log) {
    boolean reads = step.opcode() == Opcode.SLOAD.code();
    if (!reads && step.opcode() != Opcode.SSTORE.code()) {
      return;
    }
    SortedMap<String, String> seen =
        storage.computeIfAbsent(step.address(), address -> new TreeMap<>());
    seen.put(word(step.top(0)), word(reads ? step.loaded() : step.top(1)));
    ObjectNode slots = log.putObject("storage");
    seen.forEach(slots::put);
    budget.take(4L * WORD_BYTES * seen.size());
  }

  private static String word(U256 value) {
    return hex(value.bytes());
  }

  private static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
