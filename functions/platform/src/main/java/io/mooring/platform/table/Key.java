package io.mooring.platform.table;

import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where one item stands in the single table. This is the only place that makes keys: the tenant
 * comes first, and every part ends with '#', so that no key is the beginning of another tenant's.
 *
 * <pre>
 * partition                      sort
 * T#ten_acme#                    MEMBER#usr_1#
 * T#ten_acme#H#                  KEYUSE#key_1#
 * T#ten_acme#L#led_journal#      W#tiles#
 * T#ten_acme#L#led_journal#C#    00000000000000000041#
 * </pre>
 */
public record Key(String partition, String sort) implements Comparable<Key> {
  /** DynamoDB's own bounds on the two parts of a key. */
  public static final int PARTITION_BYTES_MAX = 2048;

  public static final int SORT_BYTES_MAX = 1024;

  private static final String COMMITS = "C#";
  private static final Pattern LEDGER =
      Pattern.compile("T#(ten_[0-9a-z]{4,32})#L#(led_[0-9a-z]{4,32})#");

  public Key {
    if (!partition.startsWith("T#ten_") || !partition.endsWith("#") || !sort.endsWith("#")) {
      throw new IllegalArgumentException("not a key: " + partition + " / " + sort);
    }
    requireWithin(partition, PARTITION_BYTES_MAX);
    requireWithin(sort, SORT_BYTES_MAX);
  }

  /** The key of something that belongs to a tenant. */
  public static Key of(TenantId tenant, String kind, String... parts) {
    return new Key(partition(tenant), sort(kind, parts));
  }

  /** The key of something that belongs to one ledger of a tenant. */
  public static Key of(LedgerId ledger, String kind, String... parts) {
    return new Key(partition(ledger), sort(kind, parts));
  }

  /**
   * The key of a hint about something of a tenant's. Hints have a partition of their own, so that
   * whoever may write them alone can be kept from everything else.
   */
  public static Key hint(TenantId tenant, String kind, String... parts) {
    return new Key(partition(tenant) + "H#", sort(kind, parts));
  }

  /**
   * The key of a commit. Each ledger's commits have a partition of their own, so that a policy can
   * keep everybody from deleting them. Twenty digits hold every long, so that the order of the text
   * is the order of the numbers.
   */
  public static Key commit(LedgerId ledger, long number) {
    return new Key(partition(ledger) + COMMITS, String.format("%020d#", number));
  }

  /** The ledger whose partition this is, if it is one's; its commits have another. */
  public static Optional<LedgerId> ledgerOf(String partition) {
    Matcher ledger = LEDGER.matcher(partition);
    return ledger.matches()
        ? Optional.of(new LedgerId(new TenantId(ledger.group(1)), ledger.group(2)))
        : Optional.empty();
  }

  /** The ledger whose commits' partition this is, if it is one's. */
  public static Optional<LedgerId> ledgerOfCommits(String partition) {
    return partition.endsWith(COMMITS)
        ? ledgerOf(partition.substring(0, partition.length() - COMMITS.length()))
        : Optional.empty();
  }

  static String partition(TenantId tenant) {
    return "T#" + tenant + "#";
  }

  static String partition(LedgerId ledger) {
    return partition(ledger.tenant()) + "L#" + ledger.value() + "#";
  }

  static String sort(String kind, String... parts) {
    StringBuilder sort = new StringBuilder(part(kind)).append('#');
    for (String part : parts) {
      sort.append(part(part)).append('#');
    }
    return sort.toString();
  }

  private static String part(String part) {
    if (part.isEmpty() || part.chars().anyMatch(c -> c == '#' || c < ' ' || c == 0x7f)) {
      throw new IllegalArgumentException("a part of a key is empty or holds '#' or a control");
    }
    return part;
  }

  private static void requireWithin(String part, int bytesMax) {
    if (part.length() > bytesMax || part.getBytes(StandardCharsets.UTF_8).length > bytesMax) {
      throw new IllegalArgumentException("a part of a key has at most " + bytesMax + " bytes");
    }
  }

  /** In the order of the table: by partition, then by the bytes of the sort part. */
  @Override
  public int compareTo(Key other) {
    int byPartition = compareUtf8(partition, other.partition);
    return byPartition != 0 ? byPartition : compareUtf8(sort, other.sort);
  }

  /** Surrogates stand for the characters whose UTF-8 is above that of every other. */
  private static int compareUtf8(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Character.isSurrogate(x) == Character.isSurrogate(y)
            ? Character.compare(x, y)
            : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
