package io.mooring.ledgers.http;

import io.mooring.ledger.MalformedException;
import io.mooring.ledgers.LedgerLimit;
import io.mooring.ledgers.LedgerRefusal;
import io.mooring.ledgers.json.JsonWriter;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import java.util.ArrayList;
import java.util.List;

/**
 * The entries of one request, each judged alone: what is refused leaves the batch, and the answer
 * has a line for it in its place.
 */
final class Batch {
  /** Writes the result of one of the entries that were appended. */
  interface Result {
    void write(JsonWriter json, int offset);
  }

  private sealed interface Line {
    record Taken(NewEntry entry) implements Line {}

    record Refused(RefusedException why) implements Line {}
  }

  /** Reads one entry of the batch. */
  private interface Reader {
    NewEntry read();
  }

  private final List<Line> lines = new ArrayList<>();

  /** One entry a line (NDJSON); an empty line is no entry. */
  static Batch ofLines(byte[] body) {
    Batch batch = new Batch();
    int from = 0;
    for (int at = 0; at <= body.length; at++) {
      if (at == body.length || body[at] == '\n') {
        int start = from;
        int end = at;
        if (!isBlank(body, start, end)) {
          batch.add(() -> EntryJson.read(body, start, end));
        }
        from = at + 1;
      }
    }
    return batch;
  }

  /** One entry a CBOR item; an item that is no CBOR leaves no telling where the next begins. */
  static Batch ofCbor(byte[] body) {
    Batch batch = new Batch();
    CborItems items = new CborItems(body);
    try {
      while (!items.atEnd()) {
        batch.add(() -> EntryCborMap.read(items));
      }
    } catch (MalformedException e) {
      throw new RefusedException(
          PlatformRefusal.BODY_INVALID, "item " + batch.lines.size() + ": " + e.getMessage());
    }
    return batch;
  }

  List<NewEntry> entries() {
    List<NewEntry> entries = new ArrayList<>(lines.size());
    for (Line line : lines) {
      if (line instanceof Line.Taken(NewEntry entry)) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** One line for each entry in its order: what became of it, or why it was refused. */
  byte[] answer(JsonWriter json, Result result) {
    int offset = 0;
    for (Line line : lines) {
      switch (line) {
        case Line.Taken taken -> result.write(json, offset++);
        case Line.Refused(RefusedException why) ->
            json.beginObject()
                .name("status")
                .number(why.refusal().status())
                .name("code")
                .string(why.refusal().code())
                .name("detail")
                .string(why.detail())
                .endObject();
      }
      json.newline();
    }
    return json.toBytes();
  }

  private void add(Reader reader) {
    if (lines.size() == LedgerLimit.BATCH_ENTRIES_MAX.value()) {
      throw new RefusedException(
          LedgerRefusal.BATCH_TOO_LARGE,
          "a batch has at most " + LedgerLimit.BATCH_ENTRIES_MAX.value() + " entries");
    }
    try {
      lines.add(new Line.Taken(reader.read()));
    } catch (RefusedException why) {
      lines.add(new Line.Refused(why));
    }
  }

  private static boolean isBlank(byte[] body, int from, int to) {
    for (int at = from; at < to; at++) {
      if (body[at] != ' ' && body[at] != '\t' && body[at] != '\r') {
        return false;
      }
    }
    return true;
  }
}
