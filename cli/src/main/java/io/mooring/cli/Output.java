package io.mooring.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How a command answers: in words, or with {@code --json} as one JSON object on one line. */
final class Output {
  @Spec(Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
  private CommandSpec command;

  @Option(names = "--json", description = "Answer with one JSON object on one line.")
  private boolean json;

  boolean isJson() {
    return json;
  }

  /** Prints the reports and gives the exit code of the worst. */
  int reports(List<Report> reports) {
    Judgement judgement =
        reports.stream().map(Report::judgement).reduce(Judgement.VALID, Judgement::and);
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("verdict", judgement.word());
      answer.put("reports", reports.stream().map(Output::asMap).toList());
      line(Json.write(answer));
    } else {
      reports.forEach(report -> line(report.inWords().strip()));
    }
    return judgement.exitCode();
  }

  /** Prints a result either way. */
  int result(Judgement judgement, Map<String, Object> facts, String words) {
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("verdict", judgement.word());
      answer.putAll(facts);
      line(Json.write(answer));
    } else {
      line(words);
    }
    return judgement.exitCode();
  }

  /** A line about how far a long command is, on the error stream, and none with {@code --json}. */
  void progress(String words) {
    if (!json) {
      command.commandLine().getErr().println(words);
      command.commandLine().getErr().flush();
    }
  }

  static Map<String, Object> asMap(Report report) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("subject", report.subject());
    map.put("verdict", report.judgement().word());
    map.put(
        "layers",
        report.findings().stream()
            .map(
                finding ->
                    Map.of(
                        "layer", finding.layer(),
                        "verdict", finding.judgement().word(),
                        "detail", finding.words()))
            .toList());
    return map;
  }

  private void line(String text) {
    command.commandLine().getOut().println(text);
    command.commandLine().getOut().flush();
  }
}
