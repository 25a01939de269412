package io.mooring.platform.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.billing.Asset;
import io.mooring.billing.Decline;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Condition;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Repetition;
import io.mooring.platform.commit.UnknownVersionException;
import io.mooring.platform.commit.Write;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How every outcome of a commit is told, and what of a request makes it the same request. */
@QuarkusTest
class WritesTest {
  private static final LedgerId JOURNAL = LedgerId.journal(new TenantId("ten_acme"));
  private static final Key KEY = Key.of(JOURNAL.tenant(), "PROBE", "a");
  private static final Item CHANGED = new Item(KEY, 9, new byte[0]);
  private static final Function<Write, Outcome> WINS =
      write -> new Outcome.Won(new ScriptedCommitter.ScriptedReceipt(write.ledger()));

  @TestHTTPResource("/")
  URI server;

  @Test
  void aWonCommitSaysWhereItStandsAndAtWhichVersion() throws Exception {
    HttpResponse<String> answer = write(WINS);
    assertEquals(201, answer.statusCode());
    assertEquals("{\"name\":\"a\"}", answer.body());
    assertEquals("led_journal/12", header(answer, Writes.ENTRY_HEADER));
    assertEquals("\"7\"", header(answer, "ETag"));
    assertTrue(header(answer, "Location").endsWith("/v1/written/a"));
    assertInstanceOf(Repetition.Free.class, ScriptedCommitter.last.repetition());
  }

  @Test
  void aRepetitionIsAnsweredWithTheFirstAnswer() throws Exception {
    write(WINS, "Idempotency-Key", "first-12345");
    var kept = assertInstanceOf(Repetition.Keyed.class, ScriptedCommitter.last.repetition());

    HttpResponse<String> again =
        write(
            write ->
                new Outcome.Replayed(
                    new ScriptedCommitter.ScriptedReceipt(write.ledger()), kept.answer()),
            "Idempotency-Key",
            "first-12345");
    assertEquals(201, again.statusCode());
    assertEquals("{\"name\":\"a\"}", again.body());
    assertEquals("true", header(again, Writes.HIT_HEADER));
    assertEquals("led_journal/12", header(again, Writes.ENTRY_HEADER));
    var same = assertInstanceOf(Repetition.Keyed.class, ScriptedCommitter.last.repetition());
    assertEquals(kept.key().hash(), same.key().hash());
    assertEquals(kept.body(), same.body());
    assertArrayEquals(kept.answer(), same.answer());
  }

  @Test
  void aKeyIsTheSameQuotedOrBareAndAnotherUnderAnotherPathOrTenant() throws Exception {
    Repetition.Keyed bare = repetition("/v1/written/a", "ten_acme", "one-key-12");
    assertEquals(
        bare.key().hash(), repetition("/v1/written/a", "ten_acme", "\"one-key-12\"").key().hash());
    assertNotEquals(
        bare.key().hash(), repetition("/v1/written/b", "ten_acme", "one-key-12").key().hash());
    assertNotEquals(
        bare.key().hash(), repetition("/v1/written/a", "ten_acme2", "one-key-12").key().hash());
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "with space inside", "tab\tinside-it", "\"\""})
  void aKeyThatIsNotUsableIsRefused(String key) throws Exception {
    HttpResponse<String> answer = write(WINS, "Idempotency-Key", key);
    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().contains("\"code\":\"IdempotencyKeyInvalid\""), answer.body());
  }

  @Test
  void aKeyHasTheLengthOfItsBounds() throws Exception {
    assertEquals(201, write(WINS, "Idempotency-Key", "k".repeat(255)).statusCode());
    assertEquals(400, write(WINS, "Idempotency-Key", "k".repeat(256)).statusCode());
    assertEquals(201, write(WINS, "Idempotency-Key", "k".repeat(8)).statusCode());
    assertEquals(400, write(WINS, "Idempotency-Key", "k".repeat(7)).statusCode());
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void everyOutcomeThatIsNoSuccessIsAProblem(Outcome outcome, int status, String code)
      throws Exception {
    HttpResponse<String> answer = write(write -> outcome);
    assertEquals(status, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("\"code\":\"" + code + "\""), answer.body());
  }

  static Stream<Arguments> refusals() {
    var absent = new Effect.Put(KEY, new byte[0], new Condition.Absent());
    var present = new Effect.Put(KEY, new byte[0], new Condition.Present());
    var atVersion = new Effect.Put(KEY, new byte[0], new Condition.AtVersion(3));
    return Stream.of(
        Arguments.argumentSet("other body", new Outcome.KeyReused(), 422, "IdempotencyKeyReused"),
        Arguments.argumentSet("running", new Outcome.InFlight(), 409, "IdempotencyKeyRunning"),
        Arguments.argumentSet("closed", new Outcome.LedgerClosed(), 409, "LedgerClosed"),
        Arguments.argumentSet(
            "credit",
            new Outcome.InsufficientCredit(Decline.INSUFFICIENT_CREDIT, Asset.CPC, 5),
            402,
            "InsufficientCredit"),
        Arguments.argumentSet(
            "capped",
            new Outcome.InsufficientCredit(Decline.CAP_REACHED, Asset.ITC, 5),
            402,
            "CapReached"),
        Arguments.argumentSet(
            "frozen",
            new Outcome.InsufficientCredit(Decline.FROZEN, Asset.CPC, 5),
            409,
            "CreditFrozen"),
        Arguments.argumentSet(
            "there", new Outcome.EffectRefused(absent, CHANGED), 409, "AlreadyThere"),
        Arguments.argumentSet(
            "gone", new Outcome.EffectRefused(present, Item.absent(KEY)), 404, "NotFound"),
        Arguments.argumentSet(
            "changed", new Outcome.EffectRefused(atVersion, CHANGED), 409, "ChangedMeanwhile"),
        Arguments.argumentSet("tampered", new Outcome.Tampered("x"), 503, "LedgerFrozen"));
  }

  @Test
  void aBusyLedgerSaysWhenToRetry() throws Exception {
    HttpResponse<String> answer =
        write(write -> new Outcome.Busy(Duration.ofMillis(2500), "throttled"));
    assertEquals(503, answer.statusCode());
    assertEquals("3", header(answer, "Retry-After"));
  }

  @Test
  void aRecordOfANewerVersionIsAProblemOfItsOwn() throws Exception {
    HttpResponse<String> answer =
        write(
            write -> {
              throw new UnknownVersionException("commit records of version 9 are not known here");
            });
    assertEquals(503, answer.statusCode());
    assertTrue(answer.body().contains("\"code\":\"VersionUnknown\""), answer.body());
    assertEquals("1", header(answer, "Retry-After"));
  }

  @Test
  void ifMatchIsTheConditionOfTheWrite() throws Exception {
    write(WINS, "If-Match", "\"41\"");
    assertEquals(
        new Condition.AtVersion(41), ScriptedCommitter.last.effects().getFirst().condition());
    write(WINS, "If-Match", "*");
    assertEquals(new Condition.Present(), ScriptedCommitter.last.effects().getFirst().condition());
    assertEquals(412, write(WINS, "If-Match", "W/\"41\"").statusCode());

    var refused =
        new Outcome.EffectRefused(
            new Effect.Put(KEY, new byte[0], new Condition.AtVersion(41)), CHANGED);
    assertEquals(412, write(write -> refused, "If-Match", "\"41\"").statusCode());
  }

  private Repetition.Keyed repetition(String path, String tenant, String key) throws Exception {
    ScriptedCommitter.script = WINS;
    send(path, tenant, "Idempotency-Key", key);
    return assertInstanceOf(Repetition.Keyed.class, ScriptedCommitter.last.repetition());
  }

  private HttpResponse<String> write(Function<Write, Outcome> script, String... headers)
      throws Exception {
    ScriptedCommitter.script = script;
    return send("/v1/written/a", "ten_acme", headers);
  }

  private HttpResponse<String> send(String path, String tenant, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Authorization", "Bearer may-all " + tenant)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}", StandardCharsets.UTF_8));
    for (int at = 0; at < headers.length; at += 2) {
      request.header(headers[at], headers[at + 1]);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
