package io.mooring.platform.commit;

import io.mooring.billing.Asset;
import io.mooring.billing.Escrow;
import io.mooring.billing.Funds;
import io.mooring.billing.Grant;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * One escrow of a ledger as it is after a commit, and what the commit did to it: what was there
 * before and came in is what was charged, lapsed, went back, or is there after.
 *
 * <pre>
 * [ spender, asset, before, deposited, lapsed, charged, returned, after, last deposit,
 *   spent ever, lapsed ever, returned at ]
 * returned, after = [ bought, [ grant's id, units, priority, expiry ], … ]
 * </pre>
 *
 * @param before the units that were there before
 * @param deposited the units of the deposits that this commit consumes
 * @param returned what this commit gives back to the purse
 * @param after what is left, and the number of the last deposit consumed; its spender is empty for
 *     the ledger's own escrow, else a key with a cap of its own
 * @param spentEver all charges of all commits so far
 * @param lapsedEver all that lapsed in all commits so far
 * @param returnedAt the number of the last commit that gave something back; 0 for none
 */
public record EscrowChange(
    long before,
    long deposited,
    long lapsed,
    long charged,
    Funds returned,
    Escrow after,
    long spentEver,
    long lapsedEver,
    long returnedAt) {
  /** The spender of the escrow that is everybody's who has none of its own. */
  static final String SHARED = "";

  private static final int ITEMS = 12;
  private static final int GRANT_ITEMS = 4;
  private static final int GRANT_ID_BYTES_MAX = 128;

  public EscrowChange {
    long came = Math.addExact(before, deposited);
    long went = Math.addExact(Math.addExact(lapsed, charged), returned.total());
    if (came != Math.addExact(went, after.funds().total())) {
      throw new MalformedException("an escrow of " + came + " does not add up after its commit");
    }
    if (spentEver < charged || lapsedEver < lapsed) {
      throw new MalformedException("an escrow spends more at once than ever");
    }
  }

  /** The escrow that nobody has deposited into. */
  static EscrowChange first(String spender, Asset asset) {
    return new EscrowChange(0, 0, 0, 0, Funds.NONE, Escrow.empty(spender, asset), 0, 0, 0);
  }

  String spender() {
    return after.spender();
  }

  Asset asset() {
    return after.asset();
  }

  /** As a commit has it that does nothing to it. */
  EscrowChange carried() {
    return new EscrowChange(
        after.funds().total(), 0, 0, 0, Funds.NONE, after, spentEver, lapsedEver, returnedAt);
  }

  /** Whether this is the escrow that {@code last} is, one commit later. */
  boolean follows(EscrowChange last, long number) {
    return before == last.after.funds().total()
        && after.lastDeposit() >= last.after.lastDeposit()
        && (deposited > 0) == (after.lastDeposit() > last.after.lastDeposit())
        && spentEver == last.spentEver + charged
        && lapsedEver == last.lapsedEver + lapsed
        && returnedAt == (returned.total() > 0 ? number : last.returnedAt);
  }

  void writeTo(CborWriter cbor) {
    cbor.array(ITEMS).text(spender()).unsigned(asset().ordinal());
    cbor.unsigned(before).unsigned(deposited).unsigned(lapsed).unsigned(charged);
    write(cbor, returned);
    write(cbor, after.funds());
    cbor.unsigned(after.lastDeposit()).unsigned(spentEver).unsigned(lapsedEver);
    cbor.unsigned(returnedAt);
  }

  static EscrowChange readFrom(CborReader cbor) {
    if (cbor.array(ITEMS) != ITEMS) {
      throw new MalformedException("an escrow has " + ITEMS + " items");
    }
    String spender = cbor.text(Cost.SPENDER_BYTES_MAX);
    Asset asset = asset(cbor.unsigned());
    long before = cbor.unsigned();
    long deposited = cbor.unsigned();
    long lapsed = cbor.unsigned();
    long charged = cbor.unsigned();
    Funds returned = readFunds(cbor);
    Funds after = readFunds(cbor);
    return new EscrowChange(
        before,
        deposited,
        lapsed,
        charged,
        returned,
        new Escrow(spender, asset, after, cbor.unsigned()),
        cbor.unsigned(),
        cbor.unsigned(),
        cbor.unsigned());
  }

  private static Asset asset(long number) {
    return switch ((int) Math.min(number, Integer.MAX_VALUE)) {
      case 0 -> Asset.CPC;
      case 1 -> Asset.ITC;
      default -> throw new MalformedException("no asset has the number " + number);
    };
  }

  private static void write(CborWriter cbor, Funds funds) {
    cbor.array(1 + GRANT_ITEMS * funds.grants().size()).unsigned(funds.bought());
    for (Grant grant : funds.grants()) {
      cbor.text(grant.id()).unsigned(grant.units());
      cbor.unsigned(grant.priority()).unsigned(grant.expiresMillis());
    }
  }

  private static Funds readFunds(CborReader cbor) {
    int items = cbor.array(1 + GRANT_ITEMS * Funds.GRANTS_MAX);
    if (items % GRANT_ITEMS != 1) {
      throw new MalformedException("funds have no array of " + items);
    }
    long bought = cbor.unsigned();
    List<Grant> grants = new ArrayList<>();
    for (int left = items - 1; left > 0; left -= GRANT_ITEMS) {
      String id = cbor.text(GRANT_ID_BYTES_MAX);
      long units = cbor.unsigned();
      grants.add(new Grant(id, units, Math.toIntExact(cbor.unsigned()), cbor.unsigned()));
    }
    return new Funds(bought, grants);
  }
}
