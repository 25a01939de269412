package io.mooring.billing.credits.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.billing.Decline;
import io.mooring.platform.problem.Docs;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DeclinesTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| `(\\w+)` \\|");

  @Test
  void thePageListsTheDeclinesInTheirOrderWithTheProblemsThatTellOfThem() {
    List<String> coded =
        Arrays.stream(Decline.values())
            .map(decline -> decline + " " + Declines.refusal(decline).code())
            .toList();
    List<String> listed =
        ROW.matcher(Docs.section("docs/reference/declines.md", "Order"))
            .results()
            .map(row -> row.group(1) + " " + row.group(2))
            .toList();
    assertEquals(coded, listed);
  }
}
