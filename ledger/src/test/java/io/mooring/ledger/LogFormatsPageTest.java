package io.mooring.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.ledger.note.Cosigner;
import io.mooring.ledger.note.LogSigner;
import io.mooring.ledger.note.SignatureType;
import io.mooring.ledger.tlog.EntryBundle;
import io.mooring.ledger.tlog.ProofFile;
import io.mooring.ledger.tlog.SignedCheckpoint;
import io.mooring.ledger.tlog.TileBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The worked example of docs/reference/log-formats.md, byte for byte. */
class LogFormatsPageTest {
  private static final Path PAGE = Path.of("../docs/reference/log-formats.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- example: ([a-z ]+) -->\n```[a-z]*\n(.*?)```", Pattern.DOTALL);
  private static final int HEX_WIDTH = 96;

  @Test
  void thePageShowsWhatTheCodeDoes() throws IOException {
    Map<String, String> shown = new TreeMap<>();
    Matcher examples = EXAMPLE.matcher(Files.readString(PAGE));
    while (examples.find()) {
      shown.put(examples.group(1), examples.group(2));
    }
    assertEquals(lines(made()), lines(shown));
  }

  private static Map<String, String> made() {
    byte[] seed = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f".repeat(2));
    LogSigner log = LogSigner.ofSeed("log.example/tea", seed);
    Cosigner witness =
        Cosigner.ofSeed(
            "witness.example/1",
            SignatureType.ED25519_COSIGNATURE,
            new byte[32],
            InstantSource.fixed(Instant.ofEpochSecond(1_780_000_000)));
    List<byte[]> payloads =
        Stream.of("{\"kg\":1}", "{\"kg\":2}", "{\"kg\":3}").map(String::getBytes).toList();
    Salt salt = Salt.of(HexFormat.of().parseHex("aa".repeat(Salt.BYTES)));
    List<byte[]> entries =
        List.of(
            Entry.of("tea.picked", "garden-7", Payload.of(payloads.get(0), "application/json"))
                .with(new Submission("mk_1", 1_780_000_000_123L, Hash.ofBytes("k".getBytes())))
                .toBytes(),
            Entry.of("tea.picked", "garden-7", Payload.of(payloads.get(1), "")).toBytes(),
            Entry.of("tea.picked", "", Payload.salted(salt, payloads.get(2), "")).toBytes());
    List<Hash> leaves = entries.stream().map(Hash::ofLeaf).toList();
    Growth growth = new Growth(Frontier.empty(), leaves);
    SignedCheckpoint signed =
        SignedCheckpoint.sign(new Checkpoint("log.example/tea", growth.head()), log, witness);

    Map<String, String> made = new TreeMap<>();
    made.put("entry", hex(entries.get(0)));
    made.put("salted entry", hex(entries.get(2)));
    made.put("leaves", leaves.get(0) + "\n" + leaves.get(1) + "\n" + leaves.get(2) + "\n");
    made.put("root", growth.head().root() + "\n");
    made.put("frontier", hex(growth.after().toBytes()));
    made.put("verifier key", log.verifierKey() + "\n");
    made.put("witness key", witness.verifierKey() + "\n");
    made.put("checkpoint", signed.encoded());
    ProofFile proof = new ProofFile(entries.get(1), growth.inclusion(1), signed);
    made.put("proof file", proof.encoded());
    made.put("bundle", hex(EntryBundle.encode(entries)));
    TileBuilder tiles = new TileBuilder((tile, hashes) -> {});
    leaves.forEach(tiles::add);
    tiles.partials((tile, hashes) -> made.put("tile", hex(hashes)));
    return made;
  }

  private static String lines(Map<String, String> examples) {
    StringBuilder text = new StringBuilder();
    examples.forEach(
        (name, body) ->
            text.append("<!-- example: ")
                .append(name)
                .append(" -->\n```\n")
                .append(body)
                .append("```\n"));
    return text.toString();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes).replaceAll("(.{1," + HEX_WIDTH + "})", "$1\n");
  }
}
