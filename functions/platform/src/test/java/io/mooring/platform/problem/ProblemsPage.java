package io.mooring.platform.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads docs/reference/problems.md, so that each module can hold it against its own refusals. */
public final class ProblemsPage {
  // ### Code, a blank line, **status**, title, retryable or not; then the remedy, if there is one.
  private static final Pattern PROBLEM =
      Pattern.compile(
          "### (\\w+)\n\n\\*\\*(\\d{3})\\*\\* · ([^\n]*?) · (not retryable|retryable)\n(?:\n([^#\n][^\n]*)\n)?");

  private ProblemsPage() {}

  /** Asserts that the page has these refusals, and no others, under that heading, in this order. */
  public static void assertLists(String heading, Refusal... refusals) {
    List<String> coded = Arrays.stream(refusals).map(ProblemsPage::line).toList();
    assertEquals(String.join("\n", coded), String.join("\n", listed(heading)));
  }

  private static List<String> listed(String heading) {
    Matcher problem = PROBLEM.matcher(Docs.section("docs/reference/problems.md", heading));
    return problem
        .results()
        .map(
            found ->
                String.join(
                    " | ",
                    found.group(1),
                    found.group(2),
                    found.group(3),
                    found.group(4),
                    found.group(5) == null ? "" : found.group(5)))
        .toList();
  }

  private static String line(Refusal refusal) {
    return String.join(
        " | ",
        refusal.code(),
        Integer.toString(refusal.status()),
        refusal.title(),
        refusal.retryable() ? "retryable" : "not retryable",
        refusal.remedy());
  }
}
