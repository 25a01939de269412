package io.mooring.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Everything found of one subject, usually a file; the worst finding is the judgement. */
record Report(String subject, List<Finding> findings) {
  private static final int LAYER_WIDTH = 12;

  Report {
    findings = List.copyOf(findings);
  }

  Judgement judgement() {
    return findings.stream().map(Finding::judgement).reduce(Judgement.VALID, Judgement::and);
  }

  String inWords() {
    String title =
        switch (judgement()) {
          case VALID -> "valid";
          case INVALID -> "INVALID";
          case UNKNOWN -> "cannot tell";
        };
    return Words.printable(subject)
        + ": "
        + title
        + "\n"
        + findings.stream().map(Report::line).collect(Collectors.joining());
  }

  private static String line(Finding finding) {
    String mark =
        switch (finding.judgement()) {
          case VALID -> "  ok ";
          case INVALID -> "  NO ";
          case UNKNOWN -> "   ? ";
        };
    return mark
        + " "
        + Words.padded(finding.layer(), LAYER_WIDTH)
        + Words.printable(finding.words())
        + "\n";
  }
}
