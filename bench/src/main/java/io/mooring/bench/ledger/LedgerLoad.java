package io.mooring.bench.ledger;

import io.mooring.bench.ledger.Connection.Reply;
import io.mooring.ledger.Hash;
import io.mooring.ledger.InclusionProof;
import io.mooring.ledger.note.VerifierKey;
import io.mooring.ledger.tlog.Policy;
import io.mooring.ledger.tlog.SignedCheckpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Appends to one new ledger of a running server as fast as it answers, from a number of connections
 * at once, and says how fast that was. Every answer holds index, leaf hash, inclusion proof and
 * signed checkpoint; some of each connection's are verified.
 *
 * <pre>
 * LedgerLoad URL KEY CONNECTIONS ENTRIES_A_REQUEST SECONDS [minimal]
 * </pre>
 */
public final class LedgerLoad {
  private static final int DATA_BYTES = 180; // with the other members some 250 bytes an entry
  private static final int VERIFY_EVERY = 500;
  private static final long WARM_SECONDS = 15; // until what runs often is compiled
  private static final Pattern MEMBER =
      Pattern.compile("\"(\\w+)\":(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\d+)|\\[([^\\]]*)\\])");

  private final URI server;
  private final String authorization;
  private final int entriesARequest;
  private final boolean minimal;

  private LedgerLoad(URI server, String key, int entriesARequest, boolean minimal) {
    this.server = server;
    this.authorization = "Authorization: Bearer " + key + "\r\n";
    this.entriesARequest = entriesARequest;
    this.minimal = minimal;
  }

  public static void main(String[] args) throws Exception {
    if (args.length < 5) {
      System.err.println("LedgerLoad URL KEY CONNECTIONS ENTRIES_A_REQUEST SECONDS [minimal]");
      System.exit(2);
    }
    LedgerLoad load =
        new LedgerLoad(URI.create(args[0]), args[1], Integer.parseInt(args[3]), args.length > 5);
    System.out.println(load.run(Integer.parseInt(args[2]), Long.parseLong(args[4])));
  }

  private String run(int connections, long seconds) throws Exception {
    String made;
    byte[] request;
    try (Connection connection = new Connection(server)) {
      byte[] body =
          ("{\"name\":\"load-" + Long.toString(System.nanoTime(), 36) + "\"}")
              .getBytes(StandardCharsets.US_ASCII);
      Reply reply =
          connection.send(
              connection.request(
                  "POST",
                  "/v1/ledgers",
                  authorization + "Content-Type: application/json\r\n",
                  body));
      made = reply.text();
      if (reply.status() != 201) {
        throw new IOException("no ledger was made: " + made);
      }
      request = request(connection, "/v1/ledgers/" + member(made, "id") + "/entries");
    }
    Policy policy = Policy.of(VerifierKey.parse(member(made, "verifierKey")));

    long from = System.nanoTime() + TimeUnit.SECONDS.toNanos(WARM_SECONDS);
    long to = from + TimeUnit.SECONDS.toNanos(seconds);
    var heard = new Heard(policy, from, to);
    try (Crowd crowd = new Crowd(server, connections, request)) {
      crowd.run(to, heard);
    }
    return report(heard.sorted(), connections, seconds);
  }

  /** Counts the answers of the measured time, and verifies some of all. */
  private final class Heard implements Crowd.Hearer {
    private final Policy policy;
    private final long from;
    private final long to;
    private long[] nanos = new long[1 << 16];
    private int counted;
    private int answers;

    Heard(Policy policy, long from, long to) {
      this.policy = policy;
      this.from = from;
      this.to = to;
    }

    @Override
    public void answered(Reply reply, long began, long ended) throws IOException {
      if (reply.status() >= 300) {
        throw new IOException("refused: " + reply.text());
      }
      if (answers++ % VERIFY_EVERY == 0 && !minimal) {
        verify(reply.text().lines().toList().getLast(), policy);
      }
      if (ended >= from && ended < to) {
        if (counted == nanos.length) {
          nanos = Arrays.copyOf(nanos, 2 * counted);
        }
        nanos[counted++] = ended - began;
      }
    }

    long[] sorted() {
      long[] sorted = Arrays.copyOf(nanos, counted);
      Arrays.sort(sorted);
      return sorted;
    }
  }

  private byte[] request(Connection connection, String path) {
    String line =
        "{\"type\":\"load.entry\",\"subject\":\"device-17\",\"data\":{\"reading\":\""
            + "x".repeat(DATA_BYTES)
            + "\"}}";
    String prefer = minimal ? "Prefer: return=minimal\r\n" : "";
    if (entriesARequest == 1) {
      return connection.request(
          "POST",
          path,
          authorization + prefer + "Content-Type: application/json\r\n",
          line.getBytes(StandardCharsets.US_ASCII));
    }
    return connection.request(
        "POST",
        path,
        authorization + prefer + "Content-Type: application/x-ndjson\r\n",
        (line + "\n").repeat(entriesARequest).getBytes(StandardCharsets.US_ASCII));
  }

  private static void verify(String result, Policy policy) throws IOException {
    SignedCheckpoint signed =
        SignedCheckpoint.parse(member(result, "checkpoint").replace("\\n", "\n"));
    List<Hash> path =
        Arrays.stream(member(result, "proof").split(","))
            .filter(hash -> !hash.isEmpty())
            .map(hash -> Hash.ofBase64(hash.substring(1, hash.length() - 1)))
            .toList();
    boolean good =
        policy.check(signed).verified()
            && new InclusionProof(Long.parseLong(member(result, "index")), path)
                .check(Hash.ofBase64(member(result, "leafHash")), signed.checkpoint().head())
                .verified();
    if (!good) {
      throw new IOException("an answer does not prove itself: " + result);
    }
  }

  private String report(long[] nanos, int connections, long seconds) {
    if (nanos.length == 0) {
      return "nothing was answered within the measured time";
    }
    return String.format(
        Locale.ROOT,
        "%d connections, %d entries a request%s: %,d entries/s, p50 %.1f ms, p99 %.1f ms, max %.1f ms"
            + " (%,d requests in %d s)",
        connections,
        entriesARequest,
        minimal ? ", results without proofs" : "",
        (long) nanos.length * entriesARequest / seconds,
        nanos[nanos.length / 2] / 1e6,
        nanos[(int) (nanos.length * 0.99)] / 1e6,
        nanos[nanos.length - 1] / 1e6,
        nanos.length,
        seconds);
  }

  private static String member(String json, String name) throws IOException {
    Matcher member = MEMBER.matcher(json);
    while (member.find()) {
      if (member.group(1).equals(name)) {
        return member.group(2) != null
            ? member.group(2)
            : member.group(3) != null ? member.group(3) : member.group(4);
      }
    }
    throw new IOException("no " + name + " in " + json);
  }
}
