package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Of which ledger's commits an item is: those that wrote it, or those that it is derived from. An
 * item is written by the commits of one ledger only, and that is the tenant's journal unless the
 * item says otherwise.
 */
final class Owners {
  private static final Pattern PARTITION =
      Pattern.compile("T#(ten_[0-9a-z]{4,32})#(?:L#(led_[0-9a-z]{4,32})#)?");

  /** What an item in the operator's partition says where a tenant's journal wrote it. */
  private static final Pattern WHOSE = Pattern.compile("(ten_[0-9a-z]{4,32})(?:/led_[0-9a-z]+)?");

  /** Derived from a ledger's commits, with the number of the last one as its version. */
  private static final Set<String> BY_COMMIT = Set.of("I", "W", "DAY", "DAYOPEN");

  /** What stands with a ledger and was written by its tenant's journal. */
  private static final String CONTRACT = "CONTRACT";

  private static final String CLOSED = "LEDGERCLOSED";
  private static final String ERASED = "ERASED";

  private Owners() {}

  /** The ledger; none of an item whose version is not a commit's number. */
  static Optional<LedgerId> of(Item item) {
    Matcher partition = PARTITION.matcher(item.key().partition());
    if (!partition.matches()) {
      return Optional.empty();
    }
    TenantId tenant = new TenantId(partition.group(1));
    String[] parts = item.key().sort().split("#");
    return partition.group(2) == null
        ? Optional.of(ofTenant(tenant, parts, item))
        : ofLedger(new LedgerId(tenant, partition.group(2)), parts[0]);
  }

  private static LedgerId ofTenant(TenantId tenant, String[] parts, Item item) {
    return switch (parts[0]) {
      case CLOSED -> new LedgerId(tenant, parts[1]);
      case ERASED -> new LedgerId(tenant, text(item));
      default -> LedgerId.journal(tenant.equals(TenantId.OPERATOR) ? whose(item) : tenant);
    };
  }

  private static Optional<LedgerId> ofLedger(LedgerId ledger, String kind) {
    if (kind.equals(CONTRACT)) {
      return Optional.of(LedgerId.journal(ledger.tenant()));
    }
    return BY_COMMIT.contains(kind) ? Optional.of(ledger) : Optional.empty();
  }

  private static TenantId whose(Item item) {
    Matcher tenant = WHOSE.matcher(text(item));
    return tenant.matches() ? new TenantId(tenant.group(1)) : TenantId.OPERATOR;
  }

  private static String text(Item item) {
    return new String(item.body(), StandardCharsets.UTF_8);
  }

  /** Whether the item is derived from commits rather than written by one. */
  static boolean isDerived(Key key) {
    return BY_COMMIT.contains(key.sort().split("#")[0]);
  }
}
