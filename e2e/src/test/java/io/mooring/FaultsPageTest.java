package io.mooring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every case of docs/reference/faults.md names tests that exist. */
class FaultsPageTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| [^|]+ \\| ([^|]+) \\|$");
  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

  @Test
  void everyCaseOfTheLedgerHasARowWithATest() {
    TreeSet<Integer> wanted = new TreeSet<>(IntStream.rangeClosed(1, 38).boxed().toList());
    wanted.addAll(IntStream.rangeClosed(40, 42).boxed().toList());
    wanted.addAll(IntStream.rangeClosed(46, 60).boxed().toList());
    wanted.addAll(List.of(68, 72));

    assertEquals(wanted, new TreeSet<>(rows().keySet()));
    rows()
        .forEach(
            (number, tests) ->
                assertTrue(TEST.matcher(tests).find(), "case " + number + " names no test"));
  }

  @Test
  void everyTestThatThePageNamesExists() throws IOException {
    Map<String, List<Path>> sources = sources();
    List<String> missing = new ArrayList<>();
    Matcher named = TEST.matcher(Project.read("docs/reference/faults.md"));
    while (named.find()) {
      boolean there = false;
      for (Path source : sources.getOrDefault(named.group(1), List.of())) {
        there |= Files.readString(source).contains(" " + named.group(2) + "(");
      }
      if (!there) {
        missing.add(named.group());
      }
    }
    assertEquals(List.of(), missing);
  }

  private static Map<Integer, String> rows() {
    Map<Integer, String> rows = new HashMap<>();
    Matcher row = ROW.matcher(Project.read("docs/reference/faults.md"));
    while (row.find()) {
      rows.put(Integer.parseInt(row.group(1)), row.group(2));
    }
    return rows;
  }

  private static Map<String, List<Path>> sources() throws IOException {
    Map<String, List<Path>> sources = new HashMap<>();
    for (Path module : Project.modules()) {
      Path tests = module.resolve("src/test/java");
      if (Files.isDirectory(tests)) {
        try (Stream<Path> files = Files.walk(tests)) {
          files
              .filter(file -> file.toString().endsWith(".java"))
              .forEach(
                  file -> {
                    String name = file.getFileName().toString().replace(".java", "");
                    sources.computeIfAbsent(name, absent -> new ArrayList<>()).add(file);
                  });
        }
      }
    }
    return sources;
  }
}
