package io.mooring.ledger;

import java.util.Arrays;
import java.util.List;

/**
 * The head of one log by name: the text that the log signs (C2SP tlog-checkpoint). Extension lines
 * are opaque, and nothing here puts any.
 */
public record Checkpoint(String origin, Head head, List<String> extensions) {
  private static final int LINES_MIN = 3;

  public Checkpoint {
    extensions = List.copyOf(extensions);
    requireLine("origin", origin);
    extensions.forEach(line -> requireLine("extension line", line));
  }

  public Checkpoint(String origin, Head head) {
    this(origin, head, List.of());
  }

  public long size() {
    return head.size();
  }

  /** The text to sign: origin, size, root and extensions, each ended by a newline. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(origin).append('\n');
    text.append(head.size()).append('\n');
    text.append(head.root().base64()).append('\n');
    extensions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  public static Checkpoint parse(String text) {
    if (!text.endsWith("\n")) {
      throw new MalformedException("a checkpoint ends with a newline");
    }
    List<String> lines = Arrays.asList(text.substring(0, text.length() - 1).split("\n", -1));
    if (lines.size() < LINES_MIN) {
      throw new MalformedException("a checkpoint has an origin, a size and a root");
    }
    Head head = new Head(Decimal.parse(lines.get(1)), Hash.ofBase64(lines.get(2)));
    return new Checkpoint(lines.get(0), head, lines.subList(LINES_MIN, lines.size()));
  }

  private static void requireLine(String what, String line) {
    if (line.isEmpty() || line.chars().anyMatch(c -> c < ' ')) {
      throw new MalformedException("a checkpoint's " + what + " is one line, and not empty");
    }
    Utf8.encode(line);
  }
}
