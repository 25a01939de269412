package io.mooring.bench.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * So many connections at once, each sending one of the requests again and again, and waiting for
 * its answer before the next.
 */
record Load(URI server, List<byte[]> requests, int connections) {
  private static final int OK = 200;
  private static final int SAMPLES_AT_FIRST = 1 << 16;

  /** What a run came to. */
  record Result(long answers, Duration took, long medianMicros, long p99Micros) {
    long perSecond() {
      return Math.round(answers / (took.toNanos() / 1e9));
    }
  }

  /**
   * Any answer but 200 ends the run, and any that is not as long as the connection's first: a
   * figure with refusals in it says nothing.
   */
  Result run(Duration length) throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    long end = start + length.toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<Future<long[]>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        byte[] request = requests.get(i % requests.size());
        Callable<long[]> one = () -> oneConnection(request, end);
        running.add(threads.submit(one));
      }
      LongStream.Builder all = LongStream.builder();
      for (Future<long[]> connection : running) {
        Arrays.stream(connection.get()).forEach(all);
      }
      long[] nanos = all.build().sorted().toArray();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return new Result(nanos.length, took, micros(nanos, 0.50), micros(nanos, 0.99));
    }
  }

  private long[] oneConnection(byte[] request, long end) throws IOException {
    long[] nanos = new long[SAMPLES_AT_FIRST];
    int answers = 0;
    long bytes = 0;
    try (Connection connection = new Connection(server)) {
      for (long sent = System.nanoTime(); sent < end; ) {
        int status = connection.exchange(request);
        long now = System.nanoTime();
        if (status != OK) {
          throw new IOException("answered with " + status);
        }
        bytes = answers == 0 ? connection.length() : bytes;
        if (connection.length() != bytes) {
          throw new IOException(
              "answered with " + connection.length() + " bytes and with " + bytes);
        }
        if (answers == nanos.length) {
          nanos = Arrays.copyOf(nanos, 2 * answers);
        }
        nanos[answers++] = now - sent;
        sent = now;
      }
    }
    return Arrays.copyOf(nanos, answers);
  }

  private static long micros(long[] sorted, double part) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * part))] / 1_000;
  }
}
