package io.mooring.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code moor rebuild}: has the server derive again what is derived from a ledger's commits. */
@Command(
    name = "rebuild",
    description = {
      "Have the server make again what it derives from a ledger's commits: tiles, and the indexes"
          + " by subject, time and idempotency key. To the same bytes, while the ledger is in use.",
      "Exit code 0: done; 2: it cannot be told, and to run it again is safe."
    })
final class Rebuild implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "LEDGER", description = "The ledger's id, led_…")
  @SuppressWarnings("NullAway.Init")
  private String ledger;

  @Mixin private Parts parts = new Parts();
  @Mixin private Server server = new Server();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    AtomicLong objects = new AtomicLong();
    Map<String, Object> last;
    try (Web web = new Web()) {
      last = parts.all(web, server, ledger, "rebuild", part -> take(part, objects));
    }
    long entries = Parts.number(last, "entries");
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("entries", entries);
    facts.put("objects", objects.get());
    return output.result(
        Judgement.VALID,
        facts,
        "%s: %s made from %s"
            .formatted(
                Words.printable(ledger),
                Words.count(objects.get(), "object", "objects"),
                Words.count(entries, "entry", "entries")));
  }

  private void take(Map<String, Object> part, AtomicLong objects) {
    objects.addAndGet(Parts.number(part, "objects"));
    output.progress(
        "derived %s of %s"
            .formatted(
                Words.count(Parts.number(part, "entries")),
                Words.count(Parts.number(part, "ofEntries"), "entry", "entries")));
  }
}
