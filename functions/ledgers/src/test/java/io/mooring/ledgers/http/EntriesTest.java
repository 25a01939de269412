package io.mooring.ledgers.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.Checkpoint;
import io.mooring.ledger.ConsistencyProof;
import io.mooring.ledger.Entry;
import io.mooring.ledger.Hash;
import io.mooring.ledger.InclusionProof;
import io.mooring.ledger.Salt;
import io.mooring.ledger.cbor.CborWriter;
import io.mooring.ledger.note.VerifierKey;
import io.mooring.ledger.tlog.Policy;
import io.mooring.ledger.tlog.ProofFile;
import io.mooring.ledger.tlog.SignedCheckpoint;
import io.mooring.ledgers.LedgerLimit;
import io.mooring.ledgers.World;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.AttemptId;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.testing.Client;
import io.mooring.platform.testing.Client.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EntriesTest {
  private static final String NDJSON = "application/x-ndjson";

  @TestHTTPResource("/")
  URI server;

  @Inject Blobs blobs;
  @Inject CommitStore store;

  private Client acme;
  private String entries;
  private String ledger;
  private Policy policy;

  @BeforeEach
  void make() {
    acme = Client.of(server, "ten_acme ledgers:read ledgers:write");
    Reply made = acme.post("/v1/ledgers", "{\"name\":\"e" + UUID.randomUUID().toString() + "\"}");
    ledger = "/v1/ledgers/" + made.say("id");
    entries = ledger + "/entries";
    policy = Policy.of(VerifierKey.parse(made.say("verifierKey")));
  }

  @Test
  void theReplyToAnAppendProvesItself() {
    Reply reply = acme.post(entries, "{\"type\":\"a.b\",\"subject\":\"s\",\"data\":{\"x\":1}}");

    assertEquals(201, reply.status(), reply.text());
    assertEquals(1, reply.json().path("index").asLong());
    assertProven(reply.json());
    Salt salt = Salt.of(CanonicalBase64.decode(reply.say("salt")));
    byte[] sent = "{\"x\":1}".getBytes(StandardCharsets.UTF_8);
    byte[] envelope = CanonicalBase64.decode(reply.say("entry"));
    assertEquals(reply.say("leafHash"), Hash.ofLeaf(envelope).base64());
    assertTrue(Entry.ofBytes(envelope).payload().matches(salt, sent));
    assertEquals(entries + "/1", URI.create(reply.header("Location")).getPath());
  }

  @Test
  void whatIsHashedIsWhatWasReceivedByteForByte() {
    String data = "{ \"z\" : 1.50,\t\"a\":\"\\u0041\\/é\" }";
    acme.post(entries, "{\"type\":\"a\",  \"data\"  :  " + data + "  , \"subject\":\"s\"}");

    Reply shown = acme.get(entries + "/1");

    byte[] envelope = CanonicalBase64.decode(shown.say("entry"));
    Entry entry = Entry.ofBytes(envelope);
    Salt salt = Salt.of(CanonicalBase64.decode(shown.say("salt")));
    assertEquals(shown.say("leafHash"), Hash.ofLeaf(envelope).base64());
    assertTrue(entry.payload().matches(salt, data.getBytes(StandardCharsets.UTF_8)));
    assertTrue(shown.text().contains("\"data\":" + data));
    assertEquals("application/json", shown.say("contentType"));
    assertEquals("key_test", shown.say("submitter"));
    assertArrayEquals(
        data.getBytes(StandardCharsets.UTF_8), acme.get(entries + "/1/payload").bytes());
  }

  @Test
  void bytesCanBeAppendedAsBase64AndAsTheyAre() {
    byte[] bytes = {0, (byte) 0xff, '\n', 7};
    String inJson =
        "{\"type\":\"b\",\"bytes\":\""
            + CanonicalBase64.encode(bytes)
            + "\",\"contentType\":\"image/x\"}";

    assertEquals(201, acme.post(entries, inJson).status());
    Reply raw =
        acme.post(
            entries + "?type=b&subject=raw&contentType=image/y", "application/octet-stream", bytes);

    assertEquals(201, raw.status(), raw.text());
    assertProven(raw.json());
    assertArrayEquals(bytes, acme.get(entries + "/1/payload").bytes());
    assertArrayEquals(bytes, acme.get(entries + "/2/payload").bytes());
    assertEquals("image/x", acme.get(entries + "/1/payload").header("Mooring-Content-Type"));
    assertEquals("image/y", acme.get(entries + "/2").say("contentType"));
    assertEquals("raw", acme.get(entries + "/2").say("subject"));
  }

  @Test
  void theClientsTimeAndClaimsDigestStandInTheEntry() {
    String digest = Hash.ofBytes(new byte[] {1}).base64();
    acme.post(
        entries,
        "{\"type\":\"a\",\"data\":null,\"time\":\"2026-11-21T08:00:00.5Z\",\"claimsDigest\":\""
            + digest
            + "\"}");

    Reply shown = acme.get(entries + "/1");

    assertEquals("2026-11-21T08:00:00.500Z", shown.say("time"));
    assertEquals(digest, shown.say("claimsDigest"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"data\":1}                                   | EntryInvalid",
        "{\"type\":\"\",\"data\":1}                     | EntryInvalid",
        "{\"type\":\"a\"}                               | EntryInvalid",
        "{\"type\":\"a\",\"data\":1,\"bytes\":\"\"}     | EntryInvalid",
        "{\"type\":\"a\",\"bytes\":\"A\"}               | EntryInvalid",
        "{\"type\":\"a\",\"blob\":\"x\",\"length\":1}   | EntryInvalid",
        "{\"type\":\"a\",\"data\":1,\"time\":\"now\"}   | EntryInvalid",
        "{\"type\":\"a\",\"data\":1,\"claimsDigest\":\"\"} | EntryInvalid",
        "{\"type\":1,\"data\":1}                        | JsonMalformed",
        "{\"type\":\"a\",\"data\":1,\"index\":7}        | JsonMalformed",
        "{\"type\":\"a\",\"data\":1,\"data\":1}         | JsonMalformed",
        "{\"type\":\"a\",\"data\":9007199254740993}     | JsonMalformed",
        "[]                                             | JsonMalformed"
      })
  void whatIsNoEntryIsRefusedAndNothingIsAppended(String body, String code) {
    assertEquals(code, acme.post(entries, body).say("code"));
    assertEquals(1, size());
  }

  @Test
  void payloadsAndTextsHaveTheirBounds() {
    String type = "t".repeat(LedgerLimit.ENTRY_TYPE_BYTES_MAX.intValue());
    String subject = "s".repeat(LedgerLimit.ENTRY_SUBJECT_BYTES_MAX.intValue());
    String most = "\"" + "d".repeat(LedgerLimit.ENTRY_PAYLOAD_BYTES_MAX.intValue() - 2) + "\"";
    assertEquals(201, append(type, subject, most).status());

    assertEquals("EntryInvalid", append(type + "t", subject, "1").say("code"));
    assertEquals("EntryInvalid", append(type, subject + "s", "1").say("code"));
    assertEquals("EntryInvalid", append("é".repeat(65), subject, "1").say("code"));
    assertEquals("EntryTooLarge", append(type, subject, most.replaceFirst("d", "dd")).say("code"));
  }

  @Test
  void aBatchHasOneResultALineAndARefusedLineLeavesTheOthersAlone() {
    String lines =
        "{\"type\":\"a\",\"data\":1}\n\n{\"type\":\"\",\"data\":2}\r\n{\"type\":\"a\",\"data\":3}";

    Reply reply = acme.post(entries, NDJSON, lines.getBytes(StandardCharsets.UTF_8));

    assertEquals(200, reply.status(), reply.text());
    assertTrue(reply.header("Content-Type").startsWith(NDJSON));
    List<JsonNode> results = reply.text().lines().map(Reply::json).toList();
    assertEquals(3, results.size());
    assertEquals(1, results.get(0).path("index").asLong());
    assertEquals("EntryInvalid", results.get(1).path("code").asText());
    assertEquals(2, results.get(2).path("index").asLong());
    assertProven(results.get(0));
    assertProven(results.get(2));
  }

  @Test
  void aBatchOfTenThousandIsOneCommitAndOneMoreIsRefused() {
    int most = LedgerLimit.BATCH_ENTRIES_MAX.intValue();
    Reply reply = acme.post(entries, NDJSON, lines(most));

    List<JsonNode> results = reply.text().lines().map(Reply::json).toList();
    assertEquals(most, results.size());
    assertProven(results.getFirst());
    assertProven(results.getLast());
    assertEquals(1, results.stream().map(r -> r.path("checkpoint").asText()).distinct().count());
    assertEquals("BatchTooLarge", acme.post(entries, NDJSON, lines(most + 1)).say("code"));
  }

  @Test
  void minimalResultsLeaveOutWhatEachEntryCanBeAskedFor() {
    Reply reply = acme.with("Prefer", "return=minimal").post(entries, NDJSON, lines(2));

    List<JsonNode> results = reply.text().lines().map(Reply::json).toList();
    assertEquals(2, results.size());
    assertTrue(results.getFirst().path("proof").isMissingNode());
    assertTrue(results.getFirst().path("checkpoint").isMissingNode());
    assertEquals(
        acme.get(entries + "/2").say("leafHash"), results.get(1).path("leafHash").asText());
  }

  @Test
  void aCborSequenceIsABatchAndItsPayloadsAreKeptByteForByte() {
    byte[] bytes = {0, 1, (byte) 0xfe};
    byte[] sequence =
        concat(
            new CborWriter().map(2).text("data").bytes(bytes).text("type").text("a").toBytes(),
            new CborWriter().map(1).text("type").text("a").toBytes(),
            new CborWriter()
                .map(3)
                .text("type")
                .text("b")
                .text("subject")
                .text("s")
                .text("data")
                .array(2)
                .unsigned(500)
                .text("é")
                .toBytes());

    Reply reply = acme.post(entries, "application/cbor-seq", sequence);

    assertEquals(200, reply.status(), reply.text());
    List<JsonNode> results = reply.text().lines().map(Reply::json).toList();
    assertProven(results.get(0));
    assertEquals("EntryInvalid", results.get(1).path("code").asText());
    assertProven(results.get(2));
    assertArrayEquals(bytes, acme.get(entries + "/1/payload").bytes());
    assertEquals("application/cbor", acme.get(entries + "/2").say("contentType"));
    assertArrayEquals(
        new CborWriter().array(2).unsigned(500).text("é").toBytes(),
        acme.get(entries + "/2/payload").bytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff",
        "a1",
        "a16474797065",
        "a16474797065bf",
        "9f",
        "a2647479706561616474797065616",
        "a1647479706581818181818181818181818181818181818181"
      })
  void whatIsNoCborSequenceIsRefusedWhole(String hex) {
    byte[] body = HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : hex + "0");

    assertEquals("BodyInvalid", acme.post(entries, "application/cbor-seq", body).say("code"));
    assertEquals(1, size());
  }

  @Test
  void aBlobIsAnnouncedUploadedAndThenLogged() {
    byte[] payload = "a large film".getBytes(StandardCharsets.UTF_8);
    Hash sha256 = Hash.ofBytes(payload);
    Reply announced =
        acme.post("/v1/blobs", "{\"sha256\":\"" + sha256 + "\",\"length\":" + payload.length + "}");
    String append =
        "{\"type\":\"film\",\"blob\":\""
            + announced.say("id")
            + "\",\"length\":"
            + payload.length
            + "}";
    assertEquals(201, announced.status(), announced.text());
    assertEquals("BlobNotFound", acme.post(entries, append).say("code"));

    BlobName name = BlobName.payload(World.ACME, sha256);
    blobs.create(name, "a large flim".getBytes(StandardCharsets.UTF_8));
    assertEquals("BlobDiffers", acme.post(entries, append).say("code"));
    blobs.replace(name, payload);
    Reply reply = acme.post(entries, append);

    assertEquals(201, reply.status(), reply.text());
    assertProven(reply.json());
    Reply shown = acme.get(entries + "/1");
    assertEquals(announced.say("id"), shown.say("blob"));
    Entry entry = Entry.ofBytes(CanonicalBase64.decode(shown.say("entry")));
    Salt salt = Salt.of(CanonicalBase64.decode(shown.say("salt")));
    assertTrue(entry.payload().matches(salt, payload));
    Client other = Client.of(server, "ten_other ledgers:read ledgers:write");
    assertEquals("BlobNotFound", other.get("/v1/blobs/" + announced.say("id")).say("code"));
    assertEquals(
        "BodyInvalid",
        acme.post("/v1/blobs", "{\"sha256\":\"" + sha256 + "\",\"length\":0}").say("code"));
  }

  @Test
  void theSameRequestAgainGivesTheSameReceiptAndAppendsNothing() {
    Client keyed = acme.with("Idempotency-Key", "append-it-once");
    String body = "{\"type\":\"a\",\"data\":1}";
    Reply first = keyed.post(entries, body);
    acme.post(entries, body);

    Reply again = keyed.post(entries, body);

    assertEquals(201, again.status(), again.text());
    assertArrayEquals(first.bytes(), again.bytes());
    assertEquals("true", again.header("Idempotency-Hit"));
    assertEquals("", first.header("Idempotency-Hit"));
    assertEquals(
        "IdempotencyKeyReused", keyed.post(entries, "{\"type\":\"a\",\"data\":2}").say("code"));
    assertEquals(3, size());
  }

  @Test
  void anAppendUponAHeadIsRefusedOnceTheLedgerHasAnother() {
    String body = "{\"type\":\"a\",\"data\":1}";
    Client upon = acme.with("If-Ledger-Head", head());

    Reply first = upon.post(entries, body);
    Reply second = upon.post(entries, body);

    assertEquals(201, first.status(), first.text());
    assertEquals(412, second.status());
    assertEquals("LedgerHeadMoved", second.say("code"));
    assertTrue(second.say("detail").endsWith(head()), second.say("detail"));
    assertEquals(2, size());
    assertEquals(200, acme.with("If-Ledger-Head", head()).post(entries, NDJSON, lines(2)).status());
    assertEquals("LedgerHeadMoved", upon.post(entries, NDJSON, lines(2)).say("code"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1 ", " x", "one AAAA", "-1 AAAA", "0 AAAA"})
  void whatIsNoHeadIsRefused(String head) {
    Reply reply = acme.with("If-Ledger-Head", head).post(entries, "{\"type\":\"a\",\"data\":1}");

    assertEquals("ParameterInvalid", reply.say("code"));
    assertEquals(1, size());
  }

  @Test
  void aKeyLeadsToTheEntriesThatWereAppendedUnderIt() {
    acme.with("Idempotency-Key", "a-batch-of-three").post(entries, NDJSON, lines(3));
    acme.with("Idempotency-Key", "only-one").post(entries, "{\"type\":\"a\",\"data\":1}");
    String byName = "/v1/ledgers/" + acme.get(ledger).say("name") + "/entries";
    acme.with("Idempotency-Key", "by-its-name").post(byName, "{\"type\":\"a\",\"data\":1}");

    assertEquals(
        List.of(1L, 2L, 3L), indexes(acme.get(entries + "?idempotencyKey=a-batch-of-three")));
    assertEquals(List.of(4L), indexes(acme.get(byName + "?idempotencyKey=only-one")));
    assertEquals(List.of(5L), indexes(acme.get(entries + "?idempotencyKey=by-its-name")));
    assertEquals(List.of(), indexes(acme.get(entries + "?idempotencyKey=never-used")));
    Reply page = acme.get(entries + "?idempotencyKey=a-batch-of-three&perPage=2");
    assertEquals(List.of(1L, 2L), indexes(page));
    assertEquals(
        List.of(3L),
        indexes(
            acme.get(
                entries
                    + "?idempotencyKey=a-batch-of-three&perPage=2&pageToken="
                    + page.say("nextPageToken"))));
    assertEquals("IdempotencyKeyInvalid", acme.get(entries + "?idempotencyKey=short").say("code"));
  }

  @Test
  void keysAreShownToTheLedgersOwnTenantOnly() {
    Reply made =
        acme.post(
            "/v1/ledgers", "{\"name\":\"p" + UUID.randomUUID() + "\",\"readers\":\"public\"}");
    String open = "/v1/ledgers/" + made.say("id") + "/entries";
    acme.with("Idempotency-Key", "mine-alone").post(open, "{\"type\":\"a\",\"data\":1}");
    String path = open + "?idempotencyKey=mine-alone";

    assertEquals(200, Client.stranger(server).get(open).status());
    assertEquals("CredentialMissing", Client.stranger(server).get(path).say("code"));
    assertEquals(
        "LedgerNotFound", Client.of(server, "ten_other ledgers:read").get(path).say("code"));
    assertEquals(
        "ScopeMissing",
        Client.of(server, "ten_acme credits:read")
            .get(entries + "?idempotencyKey=mine-alone")
            .say("code"));
    assertEquals(List.of(1L), indexes(acme.get(path)));
  }

  private static List<Long> indexes(Reply list) {
    assertEquals(200, list.status(), list.text());
    List<Long> indexes = new ArrayList<>();
    list.json().path("items").forEach(item -> indexes.add(item.path("index").asLong()));
    return indexes;
  }

  private String head() {
    Checkpoint checkpoint =
        SignedCheckpoint.parse(acme.get(ledger + "/log/checkpoint").text()).checkpoint();
    return checkpoint.size() + " " + checkpoint.head().root().base64();
  }

  @Test
  void whoeverWouldNotWaitIsToldTheResultOrWhereToAskForIt() {
    Client impatient = acme.with("Prefer", "respond-async");
    String body = "{\"type\":\"a\",\"data\":1}";

    Reply reply = impatient.post(entries, body);

    assertTrue(reply.status() == 201 || reply.status() == 202, reply.text());
    String nobody = ledger + "/attempts/0-" + "0".repeat(32);
    assertEquals(202, acme.get(nobody).status());
    assertEquals("true", acme.get(nobody).say("running"));
    assertEquals(nobody, URI.create(acme.get(nobody).header("Location")).getPath());
    assertEquals("ParameterInvalid", acme.get(ledger + "/attempts/x").say("code"));
    assertEquals("ParameterInvalid", acme.get(ledger + "/attempts/0-zz").say("code"));
    byte[] record =
        store.read(new LedgerId(World.ACME, ledger.substring(12)), 2).orElseThrow().bytes();
    Commit commit = Commit.ofBytes(record);
    AttemptId attempt =
        new Commits(store, blobs)
            .manifest(new LedgerId(World.ACME, ledger.substring(12)), commit)
            .attempts()
            .getFirst()
            .id();
    Reply landed = acme.get(ledger + "/attempts/1-" + attempt);
    assertEquals(200, landed.status(), landed.text());
    assertProven(landed.json().path("result"));
  }

  @Test
  void aProofFileVerifiesUnderTheLedgersKeyAndByAskingUs() {
    acme.post(entries, NDJSON, lines(500));
    VerifierKey key = policy.logKeys().getFirst();

    for (int index : new int[] {0, 1, 255, 256, 500}) {
      Reply reply = acme.get(entries + "/" + index + "/proof");

      assertTrue(reply.header("Content-Type").startsWith("text/plain"));
      ProofFile file = ProofFile.parse(reply.bytes());
      assertTrue(file.check(Hash.ofLeaf(file.extra()), policy).verified());
      assertEquals(index, file.proof().index());
      assertTrue(asked(reply.text(), key.toString()).json().path("valid").asBoolean());
    }
    String bent = acme.get(entries + "/7/proof").text().replace("index 7", "index 8");
    Reply refuted = asked(bent, key.toString());
    assertEquals("ROOT_DIFFERS", refuted.say("failed"));
    assertEquals("BodyInvalid", asked("nothing", key.toString()).say("code"));
  }

  @Test
  void aProofIsCountedForWhoAsksAndAStrangersForNobody() {
    TenantId reader = new TenantId("ten_proofreader");
    Reply made =
        acme.post(
            "/v1/ledgers", "{\"name\":\"c" + UUID.randomUUID() + "\",\"readers\":\"public\"}");
    String open = "/v1/ledgers/" + made.say("id") + "/entries";
    acme.post(open, "{\"type\":\"a.b\",\"data\":1}");
    Client other = Client.of(server, reader + " ledgers:read");

    assertEquals(200, other.get(open + "/0/proof").status());
    assertEquals(200, Client.stranger(server).get(open + "/0/proof").status());
    assertEquals("EntryNotFound", other.get(open + "/9/proof").say("code"));

    assertEquals(1L, StoresInMemory.PROOFS.get(reader));
  }

  @Test
  void aLedgerProvesThatItOnlyGrew() {
    acme.post(entries, NDJSON, lines(300));
    SignedCheckpoint older = SignedCheckpoint.parse(acme.get(ledger + "/log/checkpoint").text());
    acme.post(entries, NDJSON, lines(700));

    Reply reply = acme.get(ledger + "/consistency?from=" + older.checkpoint().size());

    SignedCheckpoint newer = SignedCheckpoint.parse(reply.say("checkpoint"));
    List<Hash> path = hashes(reply.json().path("proof"));
    assertTrue(policy.check(newer).verified());
    assertEquals(1_001, newer.checkpoint().size());
    assertTrue(
        new ConsistencyProof(path)
            .check(older.checkpoint().head(), newer.checkpoint().head())
            .verified());
    assertEquals("ParameterInvalid", acme.get(ledger + "/consistency?from=9&to=8").say("code"));
    assertEquals("ParameterInvalid", acme.get(ledger + "/consistency?from=9000").say("code"));
  }

  @Test
  void entriesAreFoundBySubjectTimeAndPageAcrossPacks() {
    acme.with("Prefer", "return=minimal").post(entries, NDJSON, lines(9_000));
    String between = acme.get(entries + "/9000").say("committedAt");
    acme.post(entries, "{\"type\":\"late\",\"subject\":\"s3\",\"data\":1}");

    List<Long> found = new ArrayList<>();
    String token = "";
    do {
      Reply page =
          acme.get(
              entries + "?subject=s3&perPage=100" + (token.isEmpty() ? "" : "&pageToken=" + token));
      found.addAll(indexes(page));
      token = page.say("nextPageToken");
    } while (!token.isEmpty());
    List<Long> expected =
        IntStream.range(0, 9_000).filter(i -> i % 7 == 3).mapToObj(i -> i + 1L).toList();

    assertEquals(expected, found.subList(0, found.size() - 1));
    assertEquals(9_001, found.getLast());
    assertEquals(0, acme.get(entries + "?subject=s").json().path("items").size());
    Reply since =
        acme.get(entries + "?subject=s3&since=" + acme.get(entries + "/9001").say("committedAt"));
    assertEquals(1, since.json().path("items").size());
    Reply until = acme.get(entries + "?until=" + between);
    assertEquals(1, until.json().path("items").size());
    Reply from = acme.get(entries + "?from=4090&perPage=10");
    assertEquals(4_090, from.json().at("/items/0/index").asLong());
    assertEquals(4_099, from.json().at("/items/9/index").asLong());
  }

  @Test
  void aRangeEndsBeforeItsEnd() {
    acme.with("Prefer", "return=minimal").post(entries, NDJSON, lines(50));

    assertEquals(List.of(40L, 41L, 42L), indexes(acme.get(entries + "?from=40&to=43")));
    assertEquals(List.of(4L, 11L, 18L), indexes(acme.get(entries + "?subject=s3&to=20")));
    assertEquals(List.of(), indexes(acme.get(entries + "?from=7&to=7")));
    assertEquals(List.of(49L, 50L), indexes(acme.get(entries + "?from=49&to=1000")));

    Reply first = acme.get(entries + "?from=10&to=15&perPage=3");
    String token = first.say("nextPageToken");
    Reply second = acme.get(entries + "?to=15&perPage=3&pageToken=" + token);
    assertEquals(List.of(10L, 11L, 12L), indexes(first));
    assertEquals(List.of(13L, 14L), indexes(second));
    assertEquals("", second.say("nextPageToken"));
    assertEquals("CursorInvalid", acme.get(entries + "?to=16&pageToken=" + token).say("code"));
    assertEquals("ParameterInvalid", acme.get(entries + "?to=-1").say("code"));
  }

  @Test
  void aPageTokenGoesOnWithItsOwnListOnly() {
    acme.post(entries, NDJSON, lines(50));
    String token = acme.get(entries + "?perPage=5").say("nextPageToken");

    assertEquals(
        5,
        acme.get(entries + "?perPage=5&pageToken=" + token).json().at("/items/0/index").asLong());
    assertEquals("CursorInvalid", acme.get(entries + "?subject=s1&pageToken=" + token).say("code"));
  }

  @Test
  void whatTheLedgerDoesNotHaveIsNotFound() {
    assertEquals("EntryNotFound", acme.get(entries + "/1").say("code"));
    assertEquals("EntryNotFound", acme.get(entries + "/1/proof").say("code"));
    assertEquals("ParameterInvalid", acme.get(entries + "/-1").say("code"));
    assertEquals("ParameterInvalid", acme.get(entries + "/99999999999999999999").say("code"));
    assertEquals("SizeNotReached", acme.get(ledger + "/log/checkpoint?min-size=2").say("code"));
    assertEquals(200, acme.get(ledger + "/log/checkpoint?min-size=1").status());
    for (String path :
        new String[] {
          "0/000",
          "0/001",
          "1/000",
          "0/000.p/2",
          "7/000",
          "8/000",
          "0/0",
          "0/x000/000",
          "0/000.p/0",
          "entries/000",
          "entries/000.p/2",
          "0/000.p/256"
        }) {
      assertEquals("LogFileNotFound", acme.get(ledger + "/log/tile/" + path).say("code"), path);
    }
  }

  @Test
  void filesThatNeverChangeAreCachedForEverAndCheckpointsAreNot() {
    Reply tile = acme.get(ledger + "/log/tile/0/000.p/1");
    Reply checkpoint = acme.get(ledger + "/log/checkpoint");

    assertEquals("private, max-age=31536000, immutable", tile.header("Cache-Control"));
    assertEquals("private, no-cache", checkpoint.header("Cache-Control"));
    assertTrue(checkpoint.header("Content-Type").startsWith("text/plain"));
    assertNotEquals(0, tile.bytes().length);
  }

  private Reply append(String type, String subject, String data) {
    return acme.post(
        entries,
        "{\"type\":\"" + type + "\",\"subject\":\"" + subject + "\",\"data\":" + data + "}");
  }

  private Reply asked(String proof, String key) {
    String question =
        new io.mooring.ledgers.json.JsonWriter()
            .beginObject()
            .name("proof")
            .string(proof)
            .name("verifierKey")
            .string(key)
            .endObject()
            .toText();
    return Client.stranger(server).post("/v1/verify", question);
  }

  private long size() {
    return SignedCheckpoint.parse(acme.get(ledger + "/log/checkpoint").text()).checkpoint().size();
  }

  /** Checks one result as whoever receives it can: signature, then path from leaf to root. */
  private void assertProven(JsonNode result) {
    SignedCheckpoint signed = SignedCheckpoint.parse(result.path("checkpoint").asText());
    assertTrue(policy.check(signed).verified());
    assertEquals(result.path("size").asLong(), signed.checkpoint().size());
    InclusionProof proof =
        new InclusionProof(result.path("index").asLong(), hashes(result.path("proof")));
    Hash leaf = Hash.ofBase64(result.path("leafHash").asText());
    assertTrue(proof.check(leaf, signed.checkpoint().head()).verified());
  }

  private static List<Hash> hashes(JsonNode array) {
    List<Hash> hashes = new ArrayList<>();
    array.forEach(hash -> hashes.add(Hash.ofBase64(hash.asText())));
    return hashes;
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }

  private static byte[] lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"type\":\"t\",\"subject\":\"s" + i % 7 + "\",\"data\":" + i + "}")
        .collect(Collectors.joining("\n"))
        .getBytes(StandardCharsets.UTF_8);
  }
}
