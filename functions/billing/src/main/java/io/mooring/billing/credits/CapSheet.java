package io.mooring.billing.credits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Cap;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * All caps of one subject: the tenant itself, one of its ledgers, or whoever submits with a
 * credential of its own (a key, a member, a device); and how much of each was taken.
 *
 * <pre>
 * pk            sk          body (JSON)
 * T#ten_acme#   CAP#cap_…#  of, lines: asset, period, units, since, taken
 * </pre>
 */
public record CapSheet(String of, List<Line> lines) {
  /** One cap of each asset and period. */
  public static final int LINES_MAX = Asset.values().length * Cap.Period.values().length;

  /** The subject that stands for the whole tenant. */
  public static final String TENANT = "tenant";

  static final CapSheet NONE = new CapSheet(TENANT, List.of());

  public CapSheet {
    lines = List.copyOf(lines);
    boolean repeated =
        lines.stream().map(line -> line.asset + " " + line.cap.period()).distinct().count()
            < lines.size();
    if (repeated) {
      throw new IllegalArgumentException("caps name each asset and period once");
    }
  }

  /** One cap. */
  public record Line(Asset asset, Cap cap, Cap.Taken taken) {}

  /** How much more of an asset may be taken. */
  long open(Asset asset, long nowMillis) {
    return lines.stream()
        .filter(line -> line.asset == asset)
        .mapToLong(line -> line.cap.open(line.taken, nowMillis))
        .min()
        .orElse(Amount.UNITS_MAX);
  }

  /** The same after {@code units} more were taken. */
  CapSheet taking(Asset asset, long units, long nowMillis) {
    return changed(asset, line -> line.cap.take(line.taken, units, nowMillis));
  }

  /** The same after what was taken in each period came back unspent. */
  CapSheet givenBack(Asset asset, ToLongFunction<Cap.Period> units, long nowMillis) {
    return changed(
        asset,
        line -> line.cap.giveBack(line.taken, units.applyAsLong(line.cap.period()), nowMillis));
  }

  private CapSheet changed(Asset asset, Function<Line, Cap.Taken> change) {
    return new CapSheet(
        of,
        lines.stream()
            .map(
                line ->
                    line.asset == asset ? new Line(line.asset, line.cap, change.apply(line)) : line)
            .toList());
  }

  /** These lines, each with what was taken under the line that it replaces. */
  CapSheet replacedBy(List<Line> newLines) {
    return new CapSheet(of, newLines.stream().map(this::continued).toList());
  }

  private Line continued(Line line) {
    return lines.stream()
        .filter(old -> old.asset == line.asset && old.cap.period() == line.cap.period())
        .findFirst()
        .map(old -> new Line(line.asset, line.cap, old.taken))
        .orElse(line);
  }

  /** As the journal says it, such as {@code key_1: CPC 1000 month}. */
  String inWords() {
    return lines.stream()
        .map(line -> line.asset + " " + line.cap.units() + " " + word(line.cap.period()))
        .collect(Collectors.joining(", ", of + ": ", ""));
  }

  byte[] body() {
    ObjectNode body = JsonTree.object().put("of", of);
    var array = body.putArray("lines");
    for (Line line : lines) {
      array
          .addObject()
          .put("asset", line.asset.name())
          .put("period", word(line.cap.period()))
          .put("units", line.cap.units())
          .put("since", line.taken.since())
          .put("taken", line.taken.units());
    }
    return JsonTree.bytes(body);
  }

  static CapSheet read(Item item) {
    JsonNode body = JsonTree.parse(item.body());
    List<Line> lines = new ArrayList<>();
    for (JsonNode line : body.required("lines")) {
      lines.add(
          new Line(
              Asset.valueOf(line.required("asset").asText()),
              new Cap(
                  Cap.Period.valueOf(line.required("period").asText().toUpperCase(Locale.ROOT)),
                  line.required("units").asLong()),
              new Cap.Taken(line.required("since").asLong(), line.required("taken").asLong())));
    }
    return new CapSheet(body.required("of").asText(), lines);
  }

  public static String word(Cap.Period period) {
    return period.name().toLowerCase(Locale.ROOT);
  }
}
