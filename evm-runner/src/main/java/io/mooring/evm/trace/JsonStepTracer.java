package io.mooring.evm.trace;

import io.mooring.evm.U256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/**
 * EIP-3155: a JSON object a line for each step and for the end of each frame, as go-ethereum's
 * {@code evm} prints them.
 *
 * <p>A step that fails is one line with its error, whose gas cost is all the gas it took.
 */
public final class JsonStepTracer extends StepRecorder {
  private static final HexFormat HEX = HexFormat.of();

  private final TraceOptions options;
  private final Appendable out;

  public JsonStepTracer(TraceOptions options, Appendable out) {
    super(options);
    this.options = options;
    this.out = out;
  }

  @Override
  void record(TracedStep step) {
    StringBuilder line = new StringBuilder(160);
    line.append("{\"pc\":").append(step.pc());
    line.append(",\"op\":").append(step.opcode());
    line.append(",\"gas\":\"0x").append(Long.toHexString(step.gas()));
    line.append("\",\"gasCost\":\"0x").append(Long.toHexString(step.gasCost())).append('"');
    if (step.memory().length > 0) {
      line.append(",\"memory\":\"0x").append(HEX.formatHex(step.memory())).append('"');
    }
    line.append(",\"memSize\":").append(step.memoryBytes());
    line.append(",\"stack\":");
    if (options.stack()) {
      appendStack(line, step);
    } else {
      line.append("null");
    }
    if (step.returnData().length > 0) {
      line.append(",\"returnData\":\"0x").append(HEX.formatHex(step.returnData())).append('"');
    }
    line.append(",\"depth\":").append(step.depth());
    line.append(",\"refund\":").append(step.refund());
    line.append(",\"opName\":\"").append(step.opcodeName()).append('"');
    appendError(line, step.error());
    print(line);
  }

  private static void appendStack(StringBuilder line, TracedStep step) {
    String separator = "[";
    for (U256 item : step.stack()) {
      line.append(separator).append('"').append(item).append('"');
      separator = ",";
    }
    line.append(step.stack().isEmpty() ? "[]" : "]");
  }

  @Override
  void ended(int depth, byte[] output, long gasUsed, String error) {
    StringBuilder line = new StringBuilder(64);
    line.append("{\"output\":\"").append(HEX.formatHex(output));
    line.append("\",\"gasUsed\":\"0x").append(Long.toHexString(gasUsed)).append('"');
    appendError(line, error);
    print(line);
  }

  private static void appendError(StringBuilder line, String error) {
    if (!error.isEmpty()) {
      line.append(",\"error\":\"").append(error).append('"');
    }
    line.append("}\n");
  }

  private void print(StringBuilder line) {
    try {
      out.append(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
