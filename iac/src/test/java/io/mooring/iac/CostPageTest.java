package io.mooring.iac;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Computes what the page about costs says, from the counts, the prices and the template. */
class CostPageTest {
  private static final Path FOLDER = Path.of("../docs/operating");
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final int MEGABYTES_IN_A_GIGABYTE = 1024;

  private final Map<String, BigDecimal> prices = prices();
  private final String page = Files.readString(FOLDER.resolve("cost.md"));

  CostPageTest() throws IOException {}

  @Test
  void aMillionOfEachCostsWhatWasCountedAtTheListedPrices() throws IOException {
    for (Map<String, String> row : rows("cost-counts.csv")) {
      BigDecimal table = million(row, "write-unit").add(million(row, "read-unit"));
      BigDecimal objects = million(row, "s3-put").add(million(row, "s3-get"));
      BigDecimal queue = million(row, "sqs-request");
      BigDecimal doors =
          price("gateway-request")
              .add(price("function-request"))
              .multiply(new BigDecimal(row.get("request")))
              .multiply(MILLION);
      says(
          row.get("what"),
          dollars(table),
          dollars(objects.add(queue)),
          dollars(doors),
          dollars(table.add(objects).add(queue).add(doors)));
    }
  }

  @Test
  void aTenthOfASecondOfAFunctionCostsWhatItsMemorySays() {
    for (Deployable one : List.of(Deployable.LEDGERS, Deployable.CONTRACTS)) {
      BigDecimal gigabytes =
          BigDecimal.valueOf(one.memoryMegabytes())
              .divide(BigDecimal.valueOf(MEGABYTES_IN_A_GIGABYTE), MathContext.DECIMAL64);
      says(
          "`" + one.word() + "`",
          one.memoryMegabytes() + " MB",
          dollars(
              price("function-gigabyte-second")
                  .multiply(gigabytes)
                  .multiply(new BigDecimal("0.1"))
                  .multiply(MILLION)));
    }
  }

  @Test
  void anIdleMonthCostsWhatStandsInTheTemplateAndIsBilledByTheMonth() {
    JsonNode template = Templates.of(Stage.PROD);
    Map<String, String> billed = new LinkedHashMap<>();
    billed.put("AWS::KMS::Key", "key-month");
    billed.put("AWS::SecretsManager::Secret", "secret-month");
    billed.put("AWS::CloudWatch::Alarm", "alarm-month");
    billed.put("AWS::CloudWatch::CompositeAlarm", "composite-alarm-month");
    billed.put("AWS::CloudWatch::Dashboard", "dashboard-month");
    BigDecimal together = BigDecimal.ZERO;
    for (Map.Entry<String, String> one : billed.entrySet()) {
      int many = Templates.resources(template, one.getKey()).size();
      BigDecimal month = price(one.getValue()).multiply(BigDecimal.valueOf(many));
      says("`" + one.getKey() + "`", String.valueOf(many), dollars(month));
      together = together.add(month);
    }
    says("together", "", dollars(together));
  }

  @Test
  void everyGigabyteKeptCostsWhatIsListed() {
    BigDecimal table = price("table-gigabyte-month").add(price("table-recovery-gigabyte-month"));
    says("in the table, with its recovery", dollars(table));
    says("in the bucket", dollars(price("object-gigabyte-month")));
  }

  private void says(String... cells) {
    String line = "| " + String.join(" | ", cells) + " |";
    assertTrue(page.contains(line.replace("|  |", "| |")), () -> "cost.md has to say: " + line);
  }

  private BigDecimal million(Map<String, String> row, String unit) {
    return new BigDecimal(row.get(unit)).multiply(price(unit)).multiply(MILLION);
  }

  private BigDecimal price(String unit) {
    BigDecimal price = prices.get(unit);
    assertTrue(price != null, "no price of " + unit);
    return price;
  }

  private static String dollars(BigDecimal amount) {
    return "$" + amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  private static Map<String, BigDecimal> prices() throws IOException {
    Map<String, BigDecimal> prices = new LinkedHashMap<>();
    for (Map<String, String> row : rows("cost-prices.csv")) {
      prices.put(
          row.get("unit"),
          new BigDecimal(row.get("dollars"))
              .divide(new BigDecimal(row.get("per")), MathContext.DECIMAL64));
    }
    return prices;
  }

  /** The rows of a file whose first line is a remark and whose second names the columns. */
  private static List<Map<String, String>> rows(String file) throws IOException {
    List<String> lines = Files.readAllLines(FOLDER.resolve(file));
    List<String> columns = Arrays.asList(lines.get(1).split(","));
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(2, lines.size())) {
      String[] cells = line.split(",");
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.length; i++) {
        row.put(columns.get(i), cells[i]);
      }
      rows.add(row);
    }
    return rows;
  }
}
