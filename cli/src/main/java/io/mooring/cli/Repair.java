package io.mooring.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code moor repair}: has the server put a ledger's items right after a restore. */
@Command(
    name = "repair",
    description = {
      "Have the server put right what a restore tore apart: items that are not as the ledger's"
          + " commits left them. The ledger itself is not written to.",
      "Exit code 0: all is now as the commits say; 2: it is not, for the reason told, and to run it"
          + " again is safe."
    })
final class Repair implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "LEDGER",
      description = "The ledger's id, led_…, or journal")
  @SuppressWarnings("NullAway.Init")
  private String ledger;

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      description = "Whose ledger it is; for the operator.")
  private String tenant = "";

  @Mixin private Parts parts = new Parts();
  @Mixin private Server server = new Server();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    List<String> mended = new ArrayList<>();
    Map<String, Object> last;
    try (Web web = new Web()) {
      last = parts.all(web, server, ledger, work(), part -> take(part, mended));
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("commits", Parts.number(last, "commits"));
    facts.put("entries", Parts.number(last, "entries"));
    facts.put("mended", mended);
    String items = Words.count(mended.size(), "item", "items") + " put right";
    return output.result(
        Judgement.VALID,
        facts,
        "%s: %s by %s%s"
            .formatted(
                Words.printable(ledger),
                items,
                Words.count(Parts.number(last, "commits"), "commit", "commits"),
                mended.isEmpty() ? "" : "\n  " + String.join("\n  ", mended)));
  }

  private String work() {
    return tenant.isEmpty()
        ? "repair"
        : "repair?tenant=" + URLEncoder.encode(tenant, StandardCharsets.UTF_8);
  }

  private void take(Map<String, Object> part, List<String> mended) {
    output.progress(
        "read %s of %s"
            .formatted(
                Words.count(Parts.number(part, "commits")),
                Words.count(Parts.number(part, "ofCommits"), "commit", "commits")));
    if (part.get("mended") instanceof List<?> items) {
      for (Object item : items) {
        if (item instanceof Map<?, ?> map) {
          mended.add(Words.printable(map.get("item") + ": " + map.get("what")));
        }
      }
    }
  }
}
