package io.mooring.platform.commit;

import io.mooring.billing.Asset;
import io.mooring.billing.Charge;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the writes of one commit were charged by which price list, and the ledger's escrows: charge
 * and effect are one write, because they are one record.
 *
 * <pre>
 * [ version of the price list, [ {@link EscrowChange}, … ] ]
 * </pre>
 *
 * @param prices the version of the list that was in force; empty where nothing was used
 * @param escrows all that the ledger ever had, by spender and asset
 */
public record Bill(String prices, List<EscrowChange> escrows) {
  // Above all bills, because each is put in this order.
  private static final Comparator<EscrowChange> ORDER =
      Comparator.comparing(EscrowChange::spender).thenComparing(EscrowChange::asset);

  /** The bill of a ledger on which nothing was ever used. */
  public static final Bill NONE = new Bill("", List.of());

  /** How many escrows a ledger has at most, so that a record stays small. */
  public static final int ESCROWS_MAX = 256;

  private static final int PRICES_BYTES_MAX = 128;

  public Bill {
    escrows = escrows.stream().sorted(ORDER).toList();
    if (escrows.size() > ESCROWS_MAX) {
      throw new MalformedException("a ledger has at most " + ESCROWS_MAX + " escrows");
    }
    for (int i = 1; i < escrows.size(); i++) {
      if (ORDER.compare(escrows.get(i - 1), escrows.get(i)) == 0) {
        throw new MalformedException("a ledger has one escrow for each spender and asset");
      }
    }
  }

  public boolean isNone() {
    return prices.isEmpty() && escrows.isEmpty();
  }

  /** The escrow of one spender and asset, if it ever had any. */
  public Optional<EscrowChange> escrow(String spender, Asset asset) {
    return escrows.stream()
        .filter(escrow -> escrow.spender().equals(spender) && escrow.asset() == asset)
        .findFirst();
  }

  /** The bill of a commit after this one that uses nothing. */
  Bill carried() {
    return escrows.isEmpty()
        ? NONE
        : new Bill("", escrows.stream().map(EscrowChange::carried).toList());
  }

  /** The charges of one write, each with the list that it was priced by. */
  List<Charge> charges(Cost cost) {
    return cost.parts().stream()
        .map(part -> new Charge(part.meter(), part.quantity(), part.units(), prices))
        .toList();
  }

  /** Says what is wrong with this bill as that of a commit after {@code last}; empty if nothing. */
  public Optional<String> wrongAfter(Bill last, long number, List<Attempt> attempts) {
    for (EscrowChange before : last.escrows) {
      Optional<EscrowChange> now = escrow(before.spender(), before.asset());
      if (now.isEmpty() || !now.get().follows(before, number)) {
        return Optional.of("its escrow of " + before.asset() + " does not follow");
      }
    }
    for (EscrowChange escrow : escrows) {
      boolean isNew = last.escrow(escrow.spender(), escrow.asset()).isEmpty();
      if (isNew && !escrow.follows(EscrowChange.first(escrow.spender(), escrow.asset()), number)) {
        return Optional.of("its new escrow of " + escrow.asset() + " does not begin with nothing");
      }
    }
    return wrongCharges(attempts);
  }

  private Optional<String> wrongCharges(List<Attempt> attempts) {
    Map<String, long[]> sums = new HashMap<>();
    boolean used = false;
    for (Attempt attempt : attempts) {
      Cost cost = attempt.cost();
      used |= !cost.isNone();
      long[] sum = sums.computeIfAbsent(cost.spender(), absent -> new long[2]);
      for (Asset asset : Asset.values()) {
        sum[asset.ordinal()] = Math.addExact(sum[asset.ordinal()], cost.of(asset));
      }
    }
    if (used == prices.isEmpty()) {
      return Optional.of("its charges name no price list, or there are none");
    }
    for (EscrowChange escrow : escrows) {
      long[] sum = sums.getOrDefault(escrow.spender(), new long[2]);
      if (sum[escrow.asset().ordinal()] != escrow.charged()) {
        return Optional.of("its charges are not what its writes cost");
      }
      sum[escrow.asset().ordinal()] = 0;
    }
    boolean unpaid = sums.values().stream().anyMatch(sum -> sum[0] != 0 || sum[1] != 0);
    return unpaid ? Optional.of("a write of it was paid from no escrow") : Optional.empty();
  }

  public void writeTo(CborWriter cbor) {
    cbor.array(2).text(prices).array(escrows.size());
    escrows.forEach(escrow -> escrow.writeTo(cbor));
  }

  public static Bill readFrom(CborReader cbor) {
    if (cbor.array(2) != 2) {
      throw new MalformedException("a bill has a price list and escrows");
    }
    String prices = cbor.text(PRICES_BYTES_MAX);
    int count = cbor.array(ESCROWS_MAX);
    List<EscrowChange> escrows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      escrows.add(EscrowChange.readFrom(cbor));
    }
    return new Bill(prices, escrows);
  }
}
