package io.mooring.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code moor scrub}: has the server verify all that it has stored of a ledger. */
@Command(
    name = "scrub",
    description = {
      "Have the server verify all that it has stored of a ledger, and name what is damaged.",
      "What it says is its own word; mirror needs nobody's. Exit code 0: all is whole; 1: something"
          + " is damaged; 2: it cannot be told."
    })
final class Scrub implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "LEDGER", description = "The ledger's id, led_…")
  @SuppressWarnings("NullAway.Init")
  private String ledger;

  @Mixin private Parts parts = new Parts();
  @Mixin private Server server = new Server();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>();
    Map<String, Object> last;
    try (Web web = new Web()) {
      last = parts.all(web, server, ledger, "scrub", part -> take(part, findings));
    }
    boolean whole = Boolean.TRUE.equals(last.get("whole"));
    if (whole) {
      findings.add(Finding.valid("stored", read(last)));
    } else if (findings.isEmpty()) {
      findings.add(Finding.invalid("stored", "a part before --from is damaged"));
    }
    Report report = new Report(ledger, findings);
    Map<String, Object> facts = new LinkedHashMap<>();
    for (String name : List.of("commits", "entries", "objects")) {
      facts.put(name, Parts.number(last, name));
    }
    facts.put("report", Output.asMap(report));
    return output.result(report.judgement(), facts, report.inWords().strip());
  }

  private void take(Map<String, Object> part, List<Finding> findings) {
    output.progress(
        "read %s of %s"
            .formatted(
                Words.count(Parts.number(part, "commits")),
                Words.count(Parts.number(part, "ofCommits"), "commit", "commits")));
    if (part.get("damages") instanceof List<?> damages) {
      for (Object damage : damages) {
        if (damage instanceof Map<?, ?> map) {
          findings.add(Finding.invalid("stored", map.get("place") + ": " + map.get("what")));
        }
      }
    }
  }

  private static String read(Map<String, Object> last) {
    return Words.count(Parts.number(last, "entries"), "entry", "entries")
        + " in "
        + Words.count(Parts.number(last, "commits"), "commit", "commits")
        + ", "
        + Words.count(Parts.number(last, "objects"), "object", "objects");
  }
}
