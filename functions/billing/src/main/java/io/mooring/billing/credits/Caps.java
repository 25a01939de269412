package io.mooring.billing.credits;

import io.mooring.billing.Moved;
import io.mooring.ledger.Hash;
import io.mooring.platform.Base32;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Condition;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Page;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.Table;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * The spending caps of all tenants. They are counted where credit leaves the purse, by the commit
 * that takes it, so no number of processes passes them. Thread-safe.
 */
public final class Caps {
  private static final String KIND = "CAP";
  private static final int ID_CHARACTERS = 26;

  /** For so long a process may not know that a submitter has a cap of its own now. */
  static final Duration REMEMBERED = Duration.ofSeconds(5);

  static final int REMEMBERED_MAX = 10_000;

  private final Table table;
  private final Desk desk;
  private final InstantSource clock;
  private final ConcurrentMap<Submitter, Known> recent = new ConcurrentHashMap<>();

  public Caps(Table table, Desk desk, InstantSource clock) {
    this.table = table;
    this.desk = desk;
    this.clock = clock;
  }

  private record Submitter(TenantId tenant, String name) {}

  private record Known(boolean capped, Instant until) {}

  /** Caps as they are stored. */
  public record Stored(String id, CapSheet sheet, long version) {}

  /** Whether somebody who submits has caps of its own, and so an escrow of its own. */
  boolean concern(TenantId tenant, String submitter) {
    var asked = new Submitter(tenant, submitter);
    Instant now = clock.instant();
    Known known = recent.get(asked);
    if (known != null && now.isBefore(known.until)) {
      return known.capped;
    }
    if (recent.size() >= REMEMBERED_MAX) {
      recent.clear();
    }
    boolean capped = table.get(key(tenant, id(tenant, submitter))).exists();
    recent.put(asked, new Known(capped, now.plus(REMEMBERED)));
    return capped;
  }

  /** The caps that a deposit into an escrow, or a return from it, counts for. */
  List<Item> of(LedgerId ledger, String spender) {
    return of(table, ledger.tenant(), List.of(CapSheet.TENANT, ledger.value(), spender));
  }

  /** The caps that there are of some subjects; an empty name is nobody's. */
  static List<Item> of(Table table, TenantId tenant, List<String> subjects) {
    List<Item> items = new ArrayList<>();
    for (String subject : subjects) {
      if (!subject.isEmpty()) {
        Item item = table.get(key(tenant, id(tenant, subject)));
        if (item.exists()) {
          items.add(item);
        }
      }
    }
    return items;
  }

  public Optional<Stored> find(TenantId tenant, String id) {
    Item item = table.get(key(tenant, id));
    return item.exists() ? Optional.of(stored(item)) : Optional.empty();
  }

  /** A page of all caps of a tenant. */
  public Listed all(TenantId tenant, PageRequest page) {
    Prefix prefix = Prefix.of(tenant, KIND);
    Page found =
        page.after().isEmpty()
            ? table.first(prefix, page.items())
            : table.after(prefix, key(tenant, page.after()), page.items());
    List<Stored> caps = found.items().stream().map(Caps::stored).toList();
    return new Listed(caps, found.more() ? caps.getLast().id() : "");
  }

  /** Some caps, and the one after which the next page begins; empty where there is none. */
  public record Listed(List<Stored> caps, String next) {}

  /** Caps a subject that has no caps. */
  public Settled<CapSheet> add(
      Committer committer, Asked<CapSheet> asked, TenantId tenant, CapSheet sheet) {
    String id = id(tenant, sheet.of());
    return change(
        committer,
        asked,
        tenant,
        id,
        item ->
            new Changed(
                sheet, new Effect.Put(item.key(), sheet.body(), new Condition.Absent()), "set"));
  }

  /** Replaces caps; what was taken under them goes on to count. */
  public Settled<CapSheet> replace(
      Committer committer,
      Asked<CapSheet> asked,
      TenantId tenant,
      String id,
      List<CapSheet.Line> lines,
      Function<Item, Condition> conditionOf) {
    return change(
        committer,
        asked,
        tenant,
        id,
        item -> {
          // Where there is nothing, the condition says that there must be.
          CapSheet sheet =
              item.exists()
                  ? CapSheet.read(item).replacedBy(lines)
                  : new CapSheet(CapSheet.TENANT, lines);
          Condition condition = conditionOf.apply(item);
          return new Changed(sheet, new Effect.Put(item.key(), sheet.body(), condition), "changed");
        });
  }

  public Settled<CapSheet> remove(
      Committer committer,
      Asked<CapSheet> asked,
      TenantId tenant,
      String id,
      Function<Item, Condition> conditionOf) {
    return change(
        committer,
        asked,
        tenant,
        id,
        item -> {
          CapSheet sheet = item.exists() ? CapSheet.read(item) : CapSheet.NONE;
          Condition condition = conditionOf.apply(item);
          return new Changed(sheet, new Effect.Delete(item.key(), condition), "removed");
        });
  }

  private record Changed(CapSheet sheet, Effect effect, String how) {}

  private Settled<CapSheet> change(
      Committer committer,
      Asked<CapSheet> asked,
      TenantId tenant,
      String id,
      Function<Item, Changed> operation) {
    Key key = key(tenant, id);
    Settled<CapSheet> settled =
        desk.change(
            committer,
            asked,
            tenant,
            now -> {
              Changed changed = operation.apply(table.get(key));
              String remark = changed.how + " caps of " + changed.sheet.inWords();
              return new Moved.Done<>(
                  new Desk.Change<>(changed.sheet, List.of(), List.of(changed.effect), remark),
                  List.of());
            });
    if (settled instanceof Settled.Done<CapSheet> done) {
      recent.remove(new Submitter(tenant, done.made().of()));
    }
    return settled;
  }

  private static Stored stored(Item item) {
    String id = item.key().sort().split("#")[1];
    return new Stored(id, CapSheet.read(item), item.version());
  }

  /** One subject has one id, and no two tenants share one. */
  public static String id(TenantId tenant, String subject) {
    byte[] hash = Hash.ofBytes((tenant + " " + subject).getBytes(StandardCharsets.UTF_8)).bytes();
    return "cap_" + Base32.of(hash).substring(0, ID_CHARACTERS);
  }

  private static Key key(TenantId tenant, String id) {
    return Key.of(tenant, KIND, id);
  }
}
