package io.mooring.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedPricesTest {
  private static final PublishedPrices SHIPPED = PublishedPrices.shipped();
  private static final String DEVELOPER = SHIPPED.sheets().getFirst().text();

  // Reads prices and examples without the reader of the product.
  private static final Pattern PRICE =
      Pattern.compile(
          "\"units\": \"(\\d+)\",\\s*\"per\": \"(\\d+)\",\\s*\"examples\": \\[([^]]*)]");
  private static final Pattern EXAMPLE =
      Pattern.compile("\"quantity\": \"(\\d+)\", \"cost\": \"(\\d+)\"");

  @Test
  void everyPlanHasPricesFromTheFirstDayOn() {
    assertEquals(List.of("developer", "business", "scale"), SHIPPED.plans());
    long opening = Instant.parse("2026-11-21T00:00:00Z").toEpochMilli();
    for (String plan : SHIPPED.plans()) {
      assertTrue(SHIPPED.at(plan, opening).isPresent(), plan);
      assertEquals(SHIPPED.book().at(plan, opening), SHIPPED.at(plan, opening).get().list());
      assertTrue(SHIPPED.at(plan, opening - 1).isEmpty(), plan);
    }
  }

  @Test
  void everyWorkedExampleIsRight() {
    int worked = 0;
    for (PriceSheet sheet : SHIPPED.sheets()) {
      for (MatchResult price : PRICE.matcher(sheet.text()).results().toList()) {
        BigInteger units = new BigInteger(price.group(1));
        BigInteger per = new BigInteger(price.group(2));
        for (MatchResult example : EXAMPLE.matcher(price.group(3)).results().toList()) {
          BigInteger[] parts =
              new BigInteger(example.group(1)).multiply(units).divideAndRemainder(per);
          BigInteger cost = parts[0].add(BigInteger.valueOf(parts[1].signum()));
          assertEquals(cost, new BigInteger(example.group(2)), sheet + " " + example.group());
          worked++;
        }
      }
    }
    assertEquals(SHIPPED.sheets().stream().mapToInt(s -> s.examples().size()).sum(), worked);
    assertTrue(worked >= SHIPPED.sheets().size() * Meter.values().length);
  }

  @Test
  void theVersionNamesTheHashOfTheVeryBytes() throws Exception {
    for (PriceSheet sheet : SHIPPED.sheets()) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(sheet.json());
      String version = sheet.list().version();
      String digits = version.substring(version.indexOf('.') + 1);
      assertEquals(40, digits.length());
      assertTrue(HexFormat.of().formatHex(hash).startsWith(digits), version);
      assertEquals(sheet, SHIPPED.version(version).orElseThrow());
    }
    PriceSheet spaced = PriceSheet.read((DEVELOPER + " ").getBytes(StandardCharsets.UTF_8));
    assertTrue(SHIPPED.version(spaced.list().version()).isEmpty());
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"name\": \"developer-2026-11\" | \"name\": \"Developer\"",
        "\"name\": \"developer-2026-11\" | \"title\": \"developer-2026-11\"",
        "\"plan\": \"developer\"         | \"plan\": \"developer\", \"plan\": \"scale\"",
        "\"plan\": \"developer\"         | \"plan\": \"developer\", \"discount\": \"1\"",
        "\"published\": \"2026-11-21     | \"published\": \"2026-11-22",
        "\"effective\": \"2026-11-21T00  | \"effective\": \"2026-11-21T25",
        "\"units\": \"10\"               | \"units\": 10",
        "\"units\": \"10\"               | \"units\": \"1e1\"",
        "\"units\": \"10\"               | \"units\": \"-10\"",
        "\"units\": \"10\"               | \"units\": \"010\"",
        "\"units\": \"10\"               | \"units\": \"11\"",
        "\"units\": \"10\"               | \"units\": \"1000000000000000001\"",
        "\"per\": \"1000\"               | \"per\": \"0\"",
        "\"meter\": \"entries\"          | \"meter\": \"gas\"",
        "\"meter\": \"entries\"          | \"meter\": \"entrees\"",
        "\"asset\": \"ITC\"              | \"asset\": \"CPC\"",
        "\"unit\": \"entry\"             | \"unit\": \"page\"",
        "\"cost\": \"22\"                | \"cost\": \"21\"",
        "\"quantity\": \"21001\"         | \"quantity\": \"21000\"",
        "\"burst\": 50                   | \"burst\": 0",
        "\"burst\": 50                   | \"burst\": 50.0"
      })
  void aSheetThatIsNotExactlySoIsRefused(String was, String becomes) {
    assertTrue(DEVELOPER.contains(was), was);
    byte[] bent =
        DEVELOPER.replaceFirst(Pattern.quote(was), becomes).getBytes(StandardCharsets.UTF_8);
    assertThrows(RuntimeException.class, () -> PriceSheet.read(bent));
  }

  @Test
  void aSheetIsOneObjectAndWithinItsBound() {
    refused(DEVELOPER + "{}");
    refused(DEVELOPER.substring(0, DEVELOPER.length() - 3));
    refused(DEVELOPER + " ".repeat(PriceSheet.BYTES_MAX));
    refused("");
    refused("[]");
  }

  @Test
  void aRiseThatIsAnnouncedTooLateIsRefusedWhenTheSheetsAreLoaded() {
    Instant first = Instant.parse("2026-11-21T00:00:00Z");
    Duration notice = PriceBook.NOTICE_OF_A_RISE;
    PriceSheet late = dearer(first, first.plus(notice).minusSeconds(1));
    PriceSheet inTime = dearer(first, first.plus(notice));
    PriceSheet now = SHIPPED.sheets().getFirst();

    assertThrows(IllegalArgumentException.class, () -> PublishedPrices.of(List.of(now, late)));
    PublishedPrices raised = PublishedPrices.of(List.of(now, inTime));
    long turn = first.plus(notice).toEpochMilli();
    assertEquals(now, raised.at("developer", turn - 1).orElseThrow());
    assertEquals(inTime, raised.at("developer", turn).orElseThrow());
  }

  private static PriceSheet dearer(Instant published, Instant effective) {
    String text =
        DEVELOPER
            .replace("developer-2026-11", "developer-2026-12")
            .replaceFirst("\"published\": \"[^\"]*\"", "\"published\": \"" + published + "\"")
            .replaceFirst("\"effective\": \"[^\"]*\"", "\"effective\": \"" + effective + "\"")
            .replaceFirst("\"units\": \"100\"", "\"units\": \"101\"")
            .replaceFirst("\"cost\": \"14400\"", "\"cost\": \"14544\"");
    return PriceSheet.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(String json) {
    assertThrows(
        IllegalArgumentException.class,
        () -> PriceSheet.read(json.getBytes(StandardCharsets.UTF_8)));
  }
}
