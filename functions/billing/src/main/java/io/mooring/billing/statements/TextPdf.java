package io.mooring.billing.statements;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines of text as a PDF (ISO 32000-1): landscape A4 in Courier, one of the fonts that every reader
 * has. The same lines give the same bytes: no date, no random id, nothing compressed.
 */
final class TextPdf {
  /** What fits into a line; a longer one goes on in the next. */
  static final int COLUMNS = 180;

  static final int LINES_OF_A_PAGE = 56;

  private static final String PAGE = "[0 0 842 595]";
  private static final String START = "BT /F1 7 Tf 9 TL 42 556 Td\n";

  private final ByteArrayOutputStream pdf = new ByteArrayOutputStream();
  private final List<Integer> offsets = new ArrayList<>();

  private TextPdf() {}

  static byte[] write(List<String> lines) {
    List<String> fitting = new ArrayList<>();
    for (String line : lines) {
      for (int from = 0; from == 0 || from < line.length(); from += COLUMNS) {
        fitting.add(line.substring(from, Math.min(line.length(), from + COLUMNS)));
      }
    }
    return new TextPdf().document(fitting);
  }

  private byte[] document(List<String> lines) {
    int pages = Math.max(1, Math.ceilDiv(lines.size(), LINES_OF_A_PAGE));
    put("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
    object("<< /Type /Catalog /Pages 2 0 R >>");
    StringBuilder kids = new StringBuilder();
    for (int page = 0; page < pages; page++) {
      kids.append(4 + 2 * page).append(" 0 R ");
    }
    object("<< /Type /Pages /Count " + pages + " /Kids [" + kids + "] >>");
    object("<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>");
    for (int page = 0; page < pages; page++) {
      object(
          "<< /Type /Page /Parent 2 0 R /MediaBox "
              + PAGE
              + " /Resources << /Font << /F1 3 0 R >> >> /Contents "
              + (5 + 2 * page)
              + " 0 R >>");
      int from = page * LINES_OF_A_PAGE;
      List<String> shown = lines.subList(from, Math.min(lines.size(), from + LINES_OF_A_PAGE));
      String content = content(shown, "page " + (page + 1) + " of " + pages);
      int length = content.length(); // one byte each
      object("<< /Length " + length + " >>\nstream\n" + content + "\nendstream");
    }
    return end();
  }

  private static String content(List<String> lines, String footer) {
    StringBuilder content = new StringBuilder(START);
    for (String line : lines) {
      content.append('(').append(escaped(line)).append(") Tj T*\n");
    }
    content.append("ET\nBT /F1 7 Tf 42 28 Td (").append(footer).append(") Tj ET");
    return content.toString();
  }

  private static String escaped(String line) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '(' || c == ')' || c == '\\') {
        escaped.append('\\').append(c);
      } else {
        // Printable Latin 1 means the same in WinAnsiEncoding; the rest is not in the font.
        escaped.append(c >= ' ' && c < 0x7f || c >= 0xa1 && c <= 0xff ? c : '?');
      }
    }
    return escaped.toString();
  }

  private void object(String body) {
    offsets.add(pdf.size());
    put(offsets.size() + " 0 obj\n" + body + "\nendobj\n");
  }

  private byte[] end() {
    int table = pdf.size();
    int size = offsets.size() + 1;
    put("xref\n0 " + size + "\n0000000000 65535 f \n");
    offsets.forEach(offset -> put("%010d 00000 n \n".formatted(offset)));
    put("trailer\n<< /Size " + size + " /Root 1 0 R >>\nstartxref\n" + table + "\n%%EOF\n");
    return pdf.toByteArray();
  }

  private void put(String text) {
    pdf.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
