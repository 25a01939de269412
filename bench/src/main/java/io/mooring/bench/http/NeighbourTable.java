package io.mooring.bench.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Prints what tenants who stay far below their rates suffer from one who sends as fast as it can.
 * Turns with and without it change places, so that whatever else the machine does slows both. The
 * environment is that of {@code dev.env}; the arguments are the seconds of each turn, the noisy
 * tenant's key and ledger, and those of the others.
 */
final class NeighbourTable {
  private static final int PAIRS = 8;
  private static final int WARM_TURNS = 8;
  private static final int NOISY_CONNECTIONS = 32;
  private static final int EACH_MILLIS = 50;
  private static final int CREATED = 201;
  private static final int TOO_MANY = 429;
  private static final String ENTRY =
      "{\"type\": \"bench\", \"subject\": \"neighbour\", \"data\": {\"celsius\": 21}}";

  private final URI server = URI.create(System.getenv("MOORING_URL"));
  private final Duration turn;
  private final byte[] noisy;
  private final List<byte[]> quiet;

  private NeighbourTable(Duration turn, byte[] noisy, List<byte[]> quiet) {
    this.turn = turn;
    this.noisy = noisy;
    this.quiet = quiet;
  }

  /** What the noisy one was answered. */
  private record Noise(long taken, long refused) {}

  /** How long the others waited for each answer, from the moment when they were to send. */
  private record Turn(long[] nanos, Noise noise) {
    double millis(double part) {
      return nanos[(int) (nanos.length * part)] / 1e6;
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
    for (int turn = 0; turn < WARM_TURNS; turn++) {
      run(turn % 2 == 0); // until what runs often is compiled, and the noisy one's burst is taken
    }
    List<Turn> alone = new ArrayList<>();
    List<Turn> beside = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      boolean noiseFirst = pair % 2 == 1;
      Turn first = run(noiseFirst);
      Turn second = run(!noiseFirst);
      alone.add(noiseFirst ? second : first);
      beside.add(noiseFirst ? first : second);
    }
    System.out.println("| the others' appends | a second | median | p99 |");
    System.out.println("| --- | --- | --- | --- |");
    row("alone", alone);
    row("beside a tenant who sends as fast as it can", beside);
    double[] ratios = new double[PAIRS];
    for (int pair = 0; pair < PAIRS; pair++) {
      ratios[pair] = beside.get(pair).millis(0.99) / alone.get(pair).millis(0.99);
    }
    Arrays.sort(ratios);
    double seconds = PAIRS * turn.toNanos() / 1e9;
    System.out.printf(
        "p99 beside it is %.2f of p99 alone (median of %d pairs, from %.2f to %.2f); it was let"
            + " through %,.0f times a second and refused %,.0f times%n",
        (ratios[(PAIRS - 1) / 2] + ratios[PAIRS / 2]) / 2,
        PAIRS,
        ratios[0],
        ratios[PAIRS - 1],
        beside.stream().mapToLong(each -> each.noise.taken).sum() / seconds,
        beside.stream().mapToLong(each -> each.noise.refused).sum() / seconds);
  }

  private void row(String name, List<Turn> turns) {
    long[] all = turns.stream().flatMapToLong(each -> Arrays.stream(each.nanos)).sorted().toArray();
    Turn together = new Turn(all, new Noise(0, 0));
    System.out.printf(
        "| %s | %,.0f | %.2f ms | %.2f ms |%n",
        name,
        all.length / (PAIRS * turn.toNanos() / 1e9),
        together.millis(0.5),
        together.millis(0.99));
  }

  private Turn run(boolean noise) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Noise>> noises = new ArrayList<>();
      for (int i = 0; noise && i < NOISY_CONNECTIONS; i++) {
        noises.add(threads.submit(() -> makeNoise(over)));
      }
      List<Future<long[]>> others = new ArrayList<>();
      for (byte[] request : quiet) {
        Callable<long[]> one = () -> sendNowAndThen(request);
        others.add(threads.submit(one));
      }
      List<long[]> nanos = new ArrayList<>();
      for (Future<long[]> other : others) {
        nanos.add(other.get());
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
  private long[] sendNowAndThen(byte[] request) throws IOException {
    int many = (int) (turn.toMillis() / EACH_MILLIS);
    long[] nanos = new long[many];
    long began = System.nanoTime();
    try (Connection connection = new Connection(server)) {
      for (int i = 0; i < many; i++) {
        long due = began + i * EACH_MILLIS * 1_000_000L;
        LockSupport.parkNanos(due - System.nanoTime());
        int status = connection.exchange(request);
        if (status != CREATED) {
          throw new IOException("answered with " + status);
        }
        nanos[i] = System.nanoTime() - due;
      }
    }
    return nanos;
  }

  private Noise makeNoise(AtomicBoolean over) throws IOException {
    long taken = 0;
    long refused = 0;
    try (Connection connection = new Connection(server)) {
      while (!over.get()) {
        int status = connection.exchange(noisy);
        switch (status) {
          case CREATED -> taken++;
          case TOO_MANY -> refused++;
          default -> throw new IOException("answered with " + status);
        }
      }
    }
    return new Noise(taken, refused);
  }
}
