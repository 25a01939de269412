package io.mooring.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.Project;
import io.mooring.e2e.LocalProduct.Said;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of the documentation that shows files, and a console in which they are used.
 *
 * <p>A fence with a file's name after its language is that file. In a fence of {@code console} a
 * line that begins with "$ " is a command, which goes on while its lines end with a backslash; what
 * follows is its answer, in which "…" stands for anything.
 */
record ConsolePage(String name, String text) {
  private static final Pattern CONSOLE = Pattern.compile("(?s)```console\n(.*?)```");
  private static final Pattern FILE = Pattern.compile("(?s)```[a-z]+ ([A-Za-z0-9_./-]+)\n(.*?)```");
  private static final String PROMPT = "$ ";
  private static final String WHATEVER = "…";

  static ConsolePage of(String page) {
    return new ConsolePage(page, Project.read(page));
  }

  /** Puts the page's files into a folder. */
  void writeFiles(Path folder) {
    FILE.matcher(text)
        .results()
        .forEach(
            file -> {
              Path target = folder.resolve(file.group(1));
              try {
                Files.createDirectories(target.getParent());
                Files.writeString(target, file.group(2));
              } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + target, e);
              }
            });
  }

  /** Types every command of the page into one shell, after a prelude, and compares the answers. */
  void holds(Path folder, Map<String, String> environment, String prelude) {
    List<Step> steps = steps();
    assertTrue(!steps.isEmpty(), name + " has no command");
    String script =
        steps.stream()
            .map(step -> step.command() + "\nprintf '\\n%s\\n' '" + Step.END + "'\n")
            .collect(Collectors.joining());
    ProcessBuilder shell = new ProcessBuilder("bash", "-c", prelude + script);
    shell.redirectErrorStream(true).directory(folder.toFile());
    // The pages ask for the JDK of the product, which need not be the machine's first.
    String java = System.getProperty("java.home") + "/bin";
    shell.environment().merge("PATH", java, (path, first) -> first + File.pathSeparator + path);
    shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
    shell.environment().putAll(environment);
    Said said = LocalProduct.run(shell);
    String[] answers = said.text().split("\n" + Step.END + "\n", -1);

    assertEquals(steps.size() + 1, answers.length, said.text());
    for (int i = 0; i < steps.size(); i++) {
      assertTrue(steps.get(i).isAnsweredBy(answers[i]), steps.get(i).and(answers[i]));
    }
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    CONSOLE
        .matcher(text)
        .results()
        .forEach(
            block -> {
              StringBuilder command = new StringBuilder();
              StringBuilder answer = new StringBuilder();
              for (String line : block.group(1).split("\n")) {
                if (line.startsWith(PROMPT)) {
                  flush(steps, command, answer);
                  command.append(line.substring(PROMPT.length()));
                } else if (command.toString().endsWith("\\")) {
                  command.append('\n').append(line);
                } else {
                  answer.append(line).append('\n');
                }
              }
              flush(steps, command, answer);
            });
    return steps;
  }

  private static void flush(List<Step> steps, StringBuilder command, StringBuilder answer) {
    if (!command.isEmpty()) {
      steps.add(new Step(command.toString(), answer.toString().strip()));
    }
    command.setLength(0);
    answer.setLength(0);
  }

  /** A command of the page and what it is said to answer. */
  private record Step(String command, String answer) {
    static final String END = "--- end of the answer ---";

    boolean isAnsweredBy(String text) {
      String expected =
          Pattern.compile(WHATEVER)
              .splitAsStream(answer)
              .map(Pattern::quote)
              .collect(Collectors.joining(".*"));
      String open = answer.endsWith(WHATEVER) ? ".*" : "";
      // The names of headers have no case, and not everybody on the way keeps the one they had.
      return Pattern.compile(expected + open, Pattern.DOTALL | Pattern.CASE_INSENSITIVE)
          .matcher(text.strip())
          .matches();
    }

    String and(String text) {
      return "$ " + command + "\nsaid\n" + text + "\nnot\n" + answer;
    }
  }
}
