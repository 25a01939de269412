package io.mooring.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.Project;
import io.mooring.e2e.LocalProduct.Said;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/start.md, typed into a shell, give what the page says. */
class StartPageIT {
  private static final Pattern CONSOLE = Pattern.compile("(?s)```console\n(.*?)```");

  /** What make would build is built, and it is not built again while it is tested. */
  private static final String MAKE = "make() { localstack/mooring \"$1\"; }\n";

  private static final String PROMPT = "$ ";
  private static final String WHATEVER = "…";

  @TempDir Path folder;

  @Test
  void everyCommandAnswersAsThePageSays() {
    List<Step> steps = steps(Project.read("docs/start.md"));
    assertTrue(steps.size() > 5);
    try (LocalProduct product = LocalProduct.started(folder)) {
      String script =
          steps.stream()
              .map(step -> step.command() + "\nprintf '\\n%s\\n' '" + Step.END + "'\n")
              .collect(Collectors.joining());
      Said said = shell(MAKE + script, product);
      String[] answers = said.text().split("\n" + Step.END + "\n", -1);

      assertEquals(steps.size() + 1, answers.length, said.text());
      for (int i = 0; i < steps.size(); i++) {
        assertTrue(
            steps.get(i).isAnsweredBy(answers[i]),
            "$ "
                + steps.get(i).command()
                + "\nsaid\n"
                + answers[i]
                + "\nnot\n"
                + steps.get(i).answer());
      }
    }
  }

  private static Said shell(String script, LocalProduct product) {
    ProcessBuilder shell = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true);
    shell.directory(Project.root().toFile());
    shell.environment().put("MOORING_HOME", product.home().toString());
    shell.environment().put("MOORING_HTTP_PORT", Integer.toString(product.port()));
    shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return LocalProduct.run(shell);
  }

  /** A line that begins with "$ " is a command, and goes on while lines end with a backslash. */
  private static List<Step> steps(String page) {
    List<Step> steps = new ArrayList<>();
    CONSOLE
        .matcher(page)
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

  /** A command of the page and what it is said to answer, where "…" stands for anything. */
  private record Step(String command, String answer) {
    static final String END = "--- end of the answer ---";

    boolean isAnsweredBy(String text) {
      String expected =
          Pattern.compile(WHATEVER)
              .splitAsStream(answer)
              .map(Pattern::quote)
              .collect(Collectors.joining(".*"));
      String open = answer.endsWith(WHATEVER) ? ".*" : "";
      return Pattern.compile(expected + open, Pattern.DOTALL).matcher(text.strip()).matches();
    }
  }
}
