package io.mooring.evm.conformance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Goes through test files, one after the other out of folders and zips, on a few threads.
 *
 * <p>Results come in the order of the files, whichever thread was first.
 */
public final class TestFiles implements AutoCloseable {
  /** How many files may be ahead of the one whose results come next. */
  private static final int AHEAD_MAX = 1_024;

  private static final int STRING_CHARACTERS_MAX = 512 << 20;
  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(STRING_CHARACTERS_MAX).build())
              .build());

  private final BiFunction<String, JsonNode, List<CaseResult>> test;
  private final Consumer<CaseResult> sink;
  private final ExecutorService threads;
  private final Deque<Future<List<CaseResult>>> running = new ArrayDeque<>();

  public TestFiles(
      int threads, BiFunction<String, JsonNode, List<CaseResult>> test, Consumer<CaseResult> sink) {
    this.threads = Executors.newFixedThreadPool(threads);
    this.test = test;
    this.sink = sink;
  }

  private interface Content {
    InputStream open() throws IOException;
  }

  /** Runs a JSON file, or those in a folder or zip. */
  public void run(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          if (isJson(file.toString())) {
            submit(file.toString(), () -> Files.newInputStream(file));
          }
        }
      }
    } else if (path.toString().endsWith(".zip")) {
      try (ZipFile zip = new ZipFile(path.toFile())) {
        for (ZipEntry entry :
            (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
          if (isJson(entry.getName())) {
            submit(entry.getName(), () -> zip.getInputStream(entry));
          }
        }
        drain(0);
      }
    } else {
      submit(path.toString(), () -> Files.newInputStream(path));
    }
  }

  private static boolean isJson(String name) {
    return name.endsWith(".json");
  }

  private void submit(String name, Content content) {
    drain(AHEAD_MAX);
    running.add(threads.submit(() -> results(name, content)));
  }

  private List<CaseResult> results(String name, Content content) {
    try (InputStream in = content.open()) {
      JsonNode tests = JSON.readTree(in);
      return tests.isObject()
          ? test.apply(name, tests)
          : List.of(CaseResult.skipped(name, "", "not a file of tests"));
    } catch (IOException malformed) {
      return List.of(CaseResult.failed(name, "", "cannot be read: " + malformed.getMessage()));
    } catch (RuntimeException fault) {
      return List.of(CaseResult.failed(name, "", "fault: " + fault));
    }
  }

  private void drain(int left) {
    while (running.size() > left) {
      try {
        running.remove().get().forEach(sink);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while tests were running", interrupted);
      } catch (ExecutionException fault) {
        throw new IllegalStateException("a test run broke off", fault.getCause());
      }
    }
  }

  @Override
  public void close() {
    drain(0);
    threads.shutdown();
  }
}
