package io.mooring.billing.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.Meter;
import io.mooring.billing.statements.Statements;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Usage;
import io.mooring.platform.commit.Write;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Table;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Charges tenants for the bytes that their ledgers stored, once a month is over: one entry of the
 * journal, whose commit carries the charge. A month that the credit does not cover stays owed, and
 * is charged once it does; no later one comes before it.
 *
 * <pre>
 * pk            sk         body (JSON)
 * T#ten_acme#   STORAGE#   month: the last one that was charged
 * </pre>
 */
public final class Storage {
  /** The type of the journal's entries that say what was stored. */
  public static final String STORED = "storage.charged";

  private static final String SUBMITTER = "platform";
  private static final String MONTH = "month";

  private final Statements statements;
  private final Table table;
  private final Committer committer;

  public Storage(Statements statements, Table table, Committer committer) {
    this.statements = statements;
    this.table = table;
    this.committer = committer;
  }

  /** Charges the months that are over and not charged yet, in order, as far as the credit goes. */
  public int charge(TenantId tenant) {
    int charged = 0;
    while (true) {
      Item before = table.get(key(tenant));
      Optional<YearMonth> due = due(tenant, before);
      if (due.isEmpty() || !charge(tenant, due.get(), before)) {
        return charged;
      }
      charged++;
    }
  }

  private Optional<YearMonth> due(TenantId tenant, Item before) {
    List<YearMonth> months = statements.months(tenant);
    if (months.isEmpty()) {
      return Optional.empty();
    }
    YearMonth next = before.exists() ? last(before).plusMonths(1) : months.getFirst();
    return statements.isComplete(next) ? Optional.of(next) : Optional.empty();
  }

  private boolean charge(TenantId tenant, YearMonth month, Item before) {
    Map<LedgerId, Long> byteDays = statements.byteDays(tenant, month);
    long sum = byteDays.values().stream().reduce(0L, Math::addExact);
    // Whole ones only: what is left of a byte for a month is not charged to anybody.
    long byteMonths = Math.max(0, sum) / month.lengthOfMonth();

    ObjectNode said =
        JsonTree.object()
            .put(MONTH, month.toString())
            .put("days", month.lengthOfMonth())
            .put("byteMonths", Long.toString(byteMonths));
    ObjectNode ofLedgers = said.putObject("byteDays");
    byteDays.forEach((ledger, bytes) -> ofLedgers.put(ledger.value(), Long.toString(bytes)));
    Write write =
        Write.to(LedgerId.journal(tenant))
            .by(SUBMITTER)
            .entry(NewEntry.of(STORED, month.toString(), Content.json(JsonTree.text(said))))
            .effect(
                Effect.put(before, JsonTree.bytes(JsonTree.object().put(MONTH, month.toString()))));
    if (byteMonths > 0) {
      write = write.uses(new Usage(Meter.STORED_BYTE_MONTHS, byteMonths));
    }
    return committer.commit(write) instanceof Outcome.Won;
  }

  private static YearMonth last(Item item) {
    return YearMonth.parse(JsonTree.parse(item.body()).required(MONTH).asText());
  }

  private static Key key(TenantId tenant) {
    return Key.of(tenant, "STORAGE");
  }
}
