package io.mooring.iac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Walks the alarms and the page that says what to do about each. */
class RunbookTest {
  private static final Path PAGE = Path.of("../docs/operating/runbook.md");

  /** What whoever is woken asks, in this order. */
  private static final List<String> PARTS =
      List.of("**It means**", "**Who notices**", "**Look at**", "**Do**");

  @Test
  void everyAlarmHasItsSectionAndEverySectionItsAlarm() throws IOException {
    assertEquals(
        Arrays.stream(Alarms.Kind.values()).map(kind -> "mooring-" + kind.word()).toList(),
        sections());
  }

  @Test
  void everySectionAnswersTheSameQuestions() throws IOException {
    for (String section : Files.readString(PAGE).split("\n## ")) {
      if (section.startsWith("mooring-")) {
        int at = 0;
        for (String part : PARTS) {
          int found = section.indexOf(part, at);
          assertTrue(found > 0, part + " is missing in: " + section);
          at = found;
        }
      }
    }
  }

  @Test
  void everyAlarmThatTellsSomebodyIsOfAKind() {
    JsonNode template = Templates.of(Templates.WHOLE);
    var telling = new TreeSet<String>();
    Templates.properties(template, "AWS::CloudWatch::Alarm").stream()
        .filter(alarm -> alarm.has("AlarmActions"))
        .forEach(alarm -> telling.add(alarm.get("AlarmName").asText()));
    Templates.properties(template, "AWS::CloudWatch::CompositeAlarm").stream()
        .filter(alarm -> alarm.has("AlarmActions"))
        .forEach(alarm -> telling.add(alarm.get("AlarmName").asText()));
    var kinds = new TreeSet<String>();
    Arrays.stream(Alarms.Kind.values()).forEach(kind -> kinds.add("mooring-" + kind.word()));
    assertEquals(kinds, telling);
  }

  @Test
  void theBudgetOfFailuresBurnsByTheObjective() {
    List<Double> thresholds =
        Templates.properties(Templates.of(Templates.WHOLE), "AWS::CloudWatch::Alarm").stream()
            .filter(alarm -> alarm.get("AlarmName").asText().startsWith("mooring-budget-burns"))
            .map(alarm -> alarm.get("Threshold").asDouble())
            .sorted()
            .toList();
    assertEquals(4, thresholds.size());
    assertEquals(6 * Alarms.MAY_FAIL, thresholds.getFirst(), 1e-12);
    assertEquals(14.4 * Alarms.MAY_FAIL, thresholds.getLast(), 1e-12);
  }

  @Test
  void everyFunctionsLogIsSearchedForEverySignOfTampering() {
    List<JsonNode> filters =
        Templates.properties(Templates.of(Templates.WHOLE), "AWS::Logs::MetricFilter");
    assertEquals(Deployable.values().length, filters.size());
    for (JsonNode filter : filters) {
      for (String sign : List.of("TamperedException", "LedgerFrozen", "CreditFrozen")) {
        assertTrue(filter.get("FilterPattern").asText().contains(sign), sign);
      }
    }
  }

  private static List<String> sections() throws IOException {
    List<String> sections = new ArrayList<>();
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("## mooring-")) {
        sections.add(line.substring("## ".length()));
      }
    }
    return sections;
  }
}
