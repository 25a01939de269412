package io.mooring.api.docs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PageTest {
  @Test
  void aHeadingCanBeLinkedToByItsWords() {
    assertTrue(
        Page.html("problems", "### MethodNotAllowed").contains("<h3 id=\"methodnotallowed\">"));
  }

  @Test
  void aLinkToAPageIsServedWithoutItsEnding() {
    String html =
        Page.html("x", "[a](../start.md#run) [b](https://example.org/a.md) [c](page.css)");

    assertTrue(html.contains("href=\"../start#run\""), html);
    assertTrue(html.contains("href=\"https://example.org/a.md\""), html);
    assertTrue(html.contains("href=\"page.css\""), html);
  }

  @Test
  void tablesAreTablesAndMarkupIsText() {
    String html = Page.html("x", "| a | b |\n| --- | --- |\n| 1 | 2 |\n\n<script>x</script>");

    assertTrue(html.contains("<td>1</td>"), html);
    assertFalse(html.contains("<script>"), html);
  }
}
