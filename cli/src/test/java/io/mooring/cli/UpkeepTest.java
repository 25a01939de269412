package io.mooring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that answers with one part after another, and then with nothing but a refusal. */
class UpkeepTest {
  private static final String SCRUB = "POST /v1/ledgers/led_1/scrub";

  private final Deque<String> answers = new ArrayDeque<>();
  private final LoopbackServer server =
      new LoopbackServer(
          exchange -> {
            String answer = answers.poll();
            byte[] body =
                (answer == null ? "{\"code\":\"Overloaded\",\"title\":\"No room\"}" : answer)
                    .getBytes(StandardCharsets.UTF_8);
            LoopbackServer.answer(exchange, answer == null ? 503 : 200, body);
          });

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aScrubAsksForPartAfterPartAndSaysHowFarItIs() {
    answers.add(part(true, 1_000, "\"nextPageToken\":\"a+b\",", ""));
    answers.add(part(true, 2_000, "", ""));

    Run run = moor("scrub", "led_1");

    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("ok  stored      20,000 entries in 2,000 commits"), run.out());
    assertEquals("read 1,000 of 2,000 commits", run.err().lines().toList().getFirst());
    assertEquals(List.of(SCRUB, SCRUB + "?pageToken=a%2Bb"), server.asked());
  }

  @Test
  void whatIsDamagedIsNamedWhicheverPartFoundIt() {
    String damage = "{\"place\":\"pack 3\",\"what\":\"it is not there\"}";
    answers.add(part(false, 1_000, "\"nextPageToken\":\"a\",", damage));
    answers.add(part(false, 2_000, "", ""));

    Run run = moor("scrub", "led_1", "--json");

    assertEquals(1, run.exit(), run.err());
    assertTrue(run.out().contains("pack 3: it is not there"), run.out());
    assertTrue(run.out().startsWith("{\"verdict\":\"invalid\",\"commits\":2000,"), run.out());
  }

  @Test
  void aScrubThatBreaksOffSaysHowToGoOn() {
    answers.add(part(true, 1_000, "\"nextPageToken\":\"a\",", ""));
    Run broken = moor("scrub", "led_1");
    assertEquals(2, broken.exit());
    assertTrue(broken.err().contains("to go on, give --from a"), broken.err());

    answers.add(part(false, 2_000, "", ""));
    Run after = moor("scrub", "led_1", "--from", "a");

    assertEquals(1, after.exit(), after.err());
    assertTrue(after.out().contains("a part before --from is damaged"), after.out());
    assertEquals(SCRUB + "?pageToken=a", server.asked().getLast());
  }

  @Test
  void aRebuildAddsUpWhatItsPartsMade() {
    String more = ",\"nextPageToken\":\"7\"";
    String part = "{\"objects\":%d,\"entries\":%d,\"ofEntries\":9000%s}";
    answers.add(part.formatted(2, 8192, more));
    answers.add(part.formatted(1, 9000, ""));

    Run run = moor("rebuild", "led_1");

    assertEquals(0, run.exit(), run.err());
    assertEquals("led_1: 3 objects made from 9,000 entries", run.out().strip());
    answers.add(part.formatted(3, 9000, ""));
    assertEquals(
        "{\"verdict\":\"valid\",\"entries\":9000,\"objects\":3}",
        moor("rebuild", "led_1", "--json").out().strip());
    assertEquals(2, moor("rebuild", "led_1").exit());
  }

  @Test
  void aRepairTellsWhatItsPartsHavePutRight() {
    String item = "{\"item\":\"T#ten_acme# KEY#key_%d#\",\"what\":\"it is as commit %d left it\"}";
    String part = "{\"commits\":%d,\"ofCommits\":90,\"entries\":99,\"mended\":[%s]%s}";
    answers.add(part.formatted(50, item.formatted(1, 7), ",\"nextPageToken\":\"a\""));
    answers.add(part.formatted(90, item.formatted(2, 81), ""));

    Run run = moor("repair", "journal", "--tenant", "ten_acme");

    assertEquals(0, run.exit(), run.err());
    assertEquals(
        "journal: 2 items put right by 90 commits\n"
            + "  T#ten_acme# KEY#key_1#: it is as commit 7 left it\n"
            + "  T#ten_acme# KEY#key_2#: it is as commit 81 left it",
        run.out().strip());
    String asked = "POST /v1/ledgers/journal/repair?tenant=ten_acme";
    assertEquals(List.of(asked, asked + "&pageToken=a"), server.asked());
    assertEquals(2, moor("repair", "led_1").exit());
  }

  private static String part(boolean whole, long commits, String next, String damage) {
    return ("{\"whole\":%s,\"commits\":%d,\"ofCommits\":2000,\"entries\":%d,\"objects\":7,%s"
            + "\"damages\":[%s]}")
        .formatted(whole, commits, 10 * commits, next, damage);
  }

  private Run moor(String... arguments) {
    Object[] all = new Object[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--url";
    all[arguments.length + 1] = server.url();
    return Run.moor(all);
  }
}
