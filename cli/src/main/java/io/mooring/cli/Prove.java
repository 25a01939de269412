package io.mooring.cli;

import io.mooring.ledger.tlog.ProofFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code moor prove}: fetches the proof file of an entry and verifies it. */
@Command(
    name = "prove",
    description = {
      "Fetch the proof file of an entry and verify it.",
      "Exit code 0: proven; 1: the proof is false; 2: it cannot be told."
    })
final class Prove implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "LEDGER", description = "The ledger's id, led_…")
  @SuppressWarnings("NullAway.Init")
  private String ledger;

  @Parameters(index = "1", paramLabel = "INDEX", description = "The entry's index.")
  private long index;

  @Mixin private ProofOptions proofs = new ProofOptions();
  @Mixin private Server server = new Server();
  @Mixin private Trust trust = new Trust();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    try (Web web = new Web()) {
      ProofFile proof = proofs.fetch(web, server, ledger, index);
      List<Finding> findings = proofs.judge(web, server, ledger, proof, trust);
      Salted salted = Salted.of(web, server, ledger, proof);
      if (!salted.salt().isEmpty()) {
        findings.add(Finding.valid("payload", "not compared" + salted.inWords()));
      }
      Report report = new Report(ledger + " entry " + index, findings);
      if (report.judgement() == Judgement.VALID) {
        proofs.write(proof);
      }
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("index", index);
      facts.put("salt", salted.salt());
      facts.put("proof", proof.encoded());
      facts.put("report", Output.asMap(report));
      return output.result(report.judgement(), facts, report.inWords().strip());
    }
  }
}
