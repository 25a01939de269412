package io.mooring.billing;

import java.util.ArrayList;
import java.util.List;

/** Reads RFC 4180 and nothing looser: CRLF, quotes only around whole fields, equal widths. */
final class StrictCsv {
  private final String text;
  private int at;

  private StrictCsv(String text) {
    this.text = text;
  }

  static List<List<String>> read(String text) {
    var csv = new StrictCsv(text);
    List<List<String>> records = new ArrayList<>();
    while (csv.at < text.length()) {
      records.add(csv.record());
      if (records.getLast().size() != records.getFirst().size()) {
        throw new AssertionError("record " + records.size() + " has another width");
      }
    }
    return records;
  }

  private List<String> record() {
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (text.charAt(at) == ',') {
      at++;
      fields.add(field());
    }
    if (!text.startsWith("\r\n", at)) {
      throw new AssertionError("no CRLF at " + at);
    }
    at += 2;
    return fields;
  }

  private String field() {
    if (text.charAt(at) != '"') {
      int from = at;
      while (",\r\n".indexOf(text.charAt(at)) < 0) {
        if (text.charAt(at) == '"') {
          throw new AssertionError("a quote inside a bare field at " + at);
        }
        at++;
      }
      return text.substring(from, at);
    }
    StringBuilder field = new StringBuilder();
    at++;
    while (true) {
      char c = text.charAt(at++);
      if (c != '"') {
        field.append(c);
      } else if (text.charAt(at) == '"') {
        field.append('"');
        at++;
      } else {
        return field.toString();
      }
    }
  }
}
