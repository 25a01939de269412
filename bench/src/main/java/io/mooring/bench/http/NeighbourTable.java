package io.mooring.bench.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Prints what tenants who stay far below their rates suffer from one who does not. Turns without a
 * neighbour, beside one who sends what its plan allows, and beside one who sends as fast as it is
 * answered come after one another, forwards and backwards, so that whatever else the machine does
 * slows all of them. The environment is that of {@code dev.env}; the arguments are the seconds of
 * each turn, the neighbour's key and ledger, and those of the others.
 */
final class NeighbourTable {
  private static final int ROUNDS = 8;
  private static final int WARM_ROUNDS = 6;

  /** Of each turn, in which the neighbour takes the burst that it has saved meanwhile. */
  private static final Duration UNCOUNTED = Duration.ofSeconds(2);

  private static final int NEIGHBOUR_CONNECTIONS = 64;
  private static final int PLAN_PER_SECOND = 500;
  private static final int EACH_MILLIS = 50;
  private static final int CREATED = 201;
  private static final int TOO_MANY = 429;
  private static final String ENTRY =
      "{\"type\": \"bench\", \"subject\": \"neighbour\", \"data\": {\"celsius\": 21}}";

  private final URI server = URI.create(System.getenv("MOORING_URL"));
  private final Duration turn;
  private final byte[] neighbour;
  private final List<byte[]> others;

  private NeighbourTable(Duration turn, byte[] neighbour, List<byte[]> others) {
    this.turn = turn;
    this.neighbour = neighbour;
    this.others = others;
  }

  /** What the neighbour does. */
  private enum Kind {
    ALONE("alone", 0),
    WITHIN("beside one who sends what its plan allows", 50),
    BEYOND("beside one who sends as fast as it is answered", NEIGHBOUR_CONNECTIONS);

    private final String words;
    private final int connections;

    Kind(String words, int connections) {
      this.words = words;
      this.connections = connections;
    }
  }

  /** What the neighbour was answered. */
  private record Noise(long taken, long refused) {}

  /** How long the others waited for each answer, from the moment when they were to send. */
  private record Turn(long[] nanos, Noise noise) {
    double millis(double part) {
      return nanos[(int) (nanos.length * part)] / 1e6;
    }

    static Turn together(List<Turn> turns) {
      return new Turn(
          turns.stream().flatMapToLong(each -> Arrays.stream(each.nanos)).sorted().toArray(),
          new Noise(
              turns.stream().mapToLong(each -> each.noise.taken).sum(),
              turns.stream().mapToLong(each -> each.noise.refused).sum()));
    }
  }

  /** A turn of each kind. */
  private record Round(Map<Kind, Turn> turns) {
    Turn of(Kind kind) {
      return Objects.requireNonNull(turns.get(kind));
    }
  }

  public static void main(String[] arguments) throws Exception {
    URI server = URI.create(System.getenv("MOORING_URL"));
    List<byte[]> appends = new ArrayList<>();
    for (int i = 1; i < arguments.length; i += 2) {
      String path = "/v1/ledgers/" + arguments[i + 1] + "/entries";
      appends.add(Connection.postJson(server, path, arguments[i], ENTRY));
    }
    Duration turn = Duration.ofSeconds(Long.parseLong(arguments[0]));
    new NeighbourTable(turn, appends.getFirst(), appends.subList(1, appends.size())).print();
  }

  private void print() throws Exception {
    for (int round = 0; round < WARM_ROUNDS; round++) {
      round(false); // until what runs often is compiled
    }
    List<Round> rounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      rounds.add(round(round % 2 == 1));
    }
    System.out.println("| the others | median | p99 | neighbour let through | refused |");
    System.out.println("| --- | --- | --- | --- | --- |");
    double seconds = ROUNDS * turn.toNanos() / 1e9;
    for (Kind kind : Kind.values()) {
      Turn all = Turn.together(rounds.stream().map(round -> round.of(kind)).toList());
      System.out.printf(
          "| %s | %.2f ms | %.2f ms | %,.0f/s | %,.0f/s |%n",
          kind.words,
          all.millis(0.5),
          all.millis(0.99),
          all.noise.taken / seconds,
          all.noise.refused / seconds);
    }
    System.out.println(ratio(rounds, Kind.WITHIN, Kind.ALONE));
    System.out.println(ratio(rounds, Kind.BEYOND, Kind.WITHIN));
    System.out.println(ratio(rounds, Kind.BEYOND, Kind.ALONE));
  }

  private static String ratio(List<Round> rounds, Kind of, Kind to) {
    double[] ratios =
        rounds.stream()
            .mapToDouble(round -> round.of(of).millis(0.99) / round.of(to).millis(0.99))
            .sorted()
            .toArray();
    return "p99 %s is %.2f of p99 %s (median of %d rounds, from %.2f to %.2f)"
        .formatted(
            of.words,
            (ratios[(ratios.length - 1) / 2] + ratios[ratios.length / 2]) / 2,
            to.words,
            ratios.length,
            ratios[0],
            ratios[ratios.length - 1]);
  }

  private Round round(boolean backwards) throws Exception {
    List<Kind> kinds = List.of(Kind.values());
    Map<Kind, Turn> turns = new EnumMap<>(Kind.class);
    for (Kind kind : backwards ? kinds.reversed() : kinds) {
      turns.put(kind, run(kind));
    }
    return new Round(turns);
  }

  private Turn run(Kind kind) throws Exception {
    AtomicBoolean counted = new AtomicBoolean();
    AtomicBoolean over = new AtomicBoolean();
    // The others have threads of their own: what they wait for is not to be this program.
    try (ExecutorService noisy = Executors.newVirtualThreadPerTaskExecutor();
        ExecutorService quiet = Executors.newCachedThreadPool()) {
      List<Future<Noise>> noises = new ArrayList<>();
      for (int i = 0; i < kind.connections; i++) {
        int number = i;
        noises.add(noisy.submit(() -> makeNoise(kind, number, counted, over)));
      }
      List<Future<long[]>> waits = new ArrayList<>();
      for (byte[] request : others) {
        long later = waits.size() * EACH_MILLIS * 1_000_000L / others.size();
        Callable<long[]> one = () -> sendNowAndThen(request, later);
        waits.add(quiet.submit(one));
      }
      Thread.sleep(UNCOUNTED);
      counted.set(true);
      List<long[]> nanos = new ArrayList<>();
      for (Future<long[]> wait : waits) {
        nanos.add(wait.get());
      }
      over.set(true);
      long taken = 0;
      long refused = 0;
      for (Future<Noise> each : noises) {
        taken += each.get().taken;
        refused += each.get().refused;
      }
      return new Turn(
          nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray(),
          new Noise(taken, refused));
    }
  }

  /** An answer that comes late delays none of the following, so that none of them hides it. */
  private long[] sendNowAndThen(byte[] request, long laterNanos) throws IOException {
    int uncounted = (int) (UNCOUNTED.toMillis() / EACH_MILLIS);
    long[] nanos = new long[(int) (turn.toMillis() / EACH_MILLIS)];
    long began = System.nanoTime() + laterNanos;
    try (Connection connection = new Connection(server)) {
      for (int i = 0; i < uncounted + nanos.length; i++) {
        long due = began + i * EACH_MILLIS * 1_000_000L;
        LockSupport.parkNanos(due - System.nanoTime());
        int status = connection.exchange(request);
        if (status != CREATED) {
          throw new IOException("answered with " + status);
        }
        if (i >= uncounted) {
          nanos[i - uncounted] = System.nanoTime() - due;
        }
      }
    }
    return nanos;
  }

  private Noise makeNoise(Kind kind, int number, AtomicBoolean counted, AtomicBoolean over)
      throws IOException {
    long taken = 0;
    long refused = 0;
    long began = System.nanoTime();
    try (Connection connection = new Connection(server)) {
      for (long sent = 0; !over.get(); sent++) {
        if (kind == Kind.WITHIN) {
          long due = (sent * kind.connections + number) * 1_000_000_000L / PLAN_PER_SECOND;
          LockSupport.parkNanos(began + due - System.nanoTime());
        }
        int status = connection.exchange(neighbour);
        if (status != CREATED && status != TOO_MANY) {
          throw new IOException("answered with " + status);
        }
        if (counted.get()) {
          taken += status == CREATED ? 1 : 0;
          refused += status == TOO_MANY ? 1 : 0;
        }
      }
    }
    return new Noise(taken, refused);
  }
}
