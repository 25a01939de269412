package io.mooring.platform.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.platform.problem.Docs;
import java.util.List;
import java.util.regex.Pattern;

/** Reads docs/reference/limits.md, so that each module can hold it against its own limits. */
public final class LimitsPage {
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| ([\\d,]+) \\|");

  private LimitsPage() {}

  /** Asserts that the page has these limits, and no others, under that heading, in this order. */
  public static void assertLists(String heading, List<Limit> limits) {
    List<String> coded = limits.stream().map(limit -> limit.word() + " " + limit.value()).toList();
    List<String> listed =
        ROW.matcher(Docs.section("docs/reference/limits.md", heading))
            .results()
            .map(row -> row.group(1) + " " + row.group(2).replace(",", ""))
            .toList();
    assertEquals(String.join("\n", coded), String.join("\n", listed));
  }
}
