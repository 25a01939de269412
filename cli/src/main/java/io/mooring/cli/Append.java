package io.mooring.cli;

import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.Entry;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Utf8;
import io.mooring.ledger.tlog.ProofFile;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code moor append}: one entry, and a receipt that was verified before it is shown. */
@Command(
    name = "append",
    description = {
      "Append one entry to a ledger, fetch its proof file and verify it.",
      "Exit code 0: appended and proven; 1: the server's receipt is false; 2: it cannot be told,"
          + " and running the same command with the same --idempotency-key is safe."
    })
final class Append implements Callable<Integer> {
  private static final int PAYLOAD_BYTES_MAX = 1 << 24;

  @Parameters(index = "0", paramLabel = "LEDGER", description = "The ledger's id, led_…")
  @SuppressWarnings("NullAway.Init")
  private String ledger;

  @Option(names = "--type", required = true, description = "What kind of entry it is.")
  @SuppressWarnings("NullAway.Init")
  private String type;

  @Option(names = "--subject", description = "What it is about.")
  private String subject = "";

  @Option(names = "--data", paramLabel = "JSON", description = "The payload, as JSON.")
  private @Nullable String data;

  @Option(names = "--file", paramLabel = "FILE", description = "The payload, as any file.")
  private @Nullable Path file;

  @Option(
      names = "--content-type",
      paramLabel = "TYPE",
      description = "What the payload is. Default: the server's word for JSON or for bytes.")
  private String contentType = "";

  @Option(names = "--erasable", description = "Keep the payload where it can be erased one day.")
  private boolean erasable;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Makes a repetition give the first answer. Default: a random one.")
  private String idempotencyKey = UUID.randomUUID().toString();

  @Mixin private ProofOptions proofs = new ProofOptions();
  @Mixin private Server server = new Server();
  @Mixin private Trust trust = new Trust();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    byte[] payload = payload();
    try (Web web = new Web()) {
      Map<String, Object> receipt = appended(web, payload);
      if (!(receipt.get("index") instanceof Long index)) {
        throw new CannotTellException("the server's receipt names no index");
      }
      ProofFile proof = proofs.fetch(web, server, ledger, index);
      List<Finding> findings = proofs.judge(web, server, ledger, proof, trust);
      Salted salted = Salted.of(web, server, ledger, proof);
      findings.add(payload(proof, salted, payload));
      Report report = new Report(ledger + " entry " + index, findings);
      if (report.judgement() == Judgement.VALID) {
        proofs.write(proof);
      }
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("index", index);
      facts.put("idempotencyKey", idempotencyKey);
      facts.put("salt", salted.salt());
      facts.put("report", Output.asMap(report));
      return output.result(report.judgement(), facts, report.inWords().strip());
    }
  }

  /**
   * Without an answer nobody knows whether the entry was taken; with its key, asking again is safe.
   */
  private Map<String, Object> appended(Web web, byte[] payload) {
    try {
      return server.append(web, ledger, idempotencyKey, body(payload));
    } catch (CannotTellException e) {
      throw new CannotTellException(
          e.getMessage() + "; to try again, give --idempotency-key " + idempotencyKey, e);
    }
  }

  private byte[] payload() {
    if (data != null && file == null) {
      byte[] json = Utf8.encode(data.strip());
      if (!Json.isJson(json)) {
        throw new CannotTellException("the payload is no JSON; --file takes anything");
      }
      return json;
    }
    if (data == null && file != null) {
      return Verify.read(file, PAYLOAD_BYTES_MAX);
    }
    throw new CannotTellException("give the payload by --data or by --file");
  }

  /** The payload's hash is over the bytes received: JSON goes out as given, a file in base64. */
  private byte[] body(byte[] payload) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", type);
    if (!subject.isEmpty()) {
      fields.put("subject", subject);
    }
    if (!contentType.isEmpty()) {
      fields.put("contentType", contentType);
    }
    if (erasable) {
      fields.put("erasable", true);
    }
    if (file != null) {
      fields.put("bytes", CanonicalBase64.encode(payload));
      return Utf8.encode(Json.write(fields));
    }
    String head = Json.write(fields);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(Utf8.encode(head.substring(0, head.length() - 1) + ",\"data\":"));
    body.writeBytes(payload);
    body.write('}');
    return body.toByteArray();
  }

  private static Finding payload(ProofFile proof, Salted salted, byte[] payload) {
    String bytes = Words.count(payload.length, "byte", "bytes");
    try {
      return salted.matches(Entry.ofBytes(proof.extra()).payload(), payload)
          ? Finding.valid("payload", bytes + ", those that were sent" + salted.inWords())
          : Finding.invalid("payload", "the entry is not for the bytes that were sent");
    } catch (MalformedException e) {
      return Finding.invalid("payload", "the entry or its salt is none: " + e.getMessage());
    }
  }
}
