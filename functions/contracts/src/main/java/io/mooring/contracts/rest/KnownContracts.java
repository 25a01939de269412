package io.mooring.contracts.rest;

import io.mooring.contracts.ContractRefusal;
import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.evm.Address;
import io.mooring.evm.block.Receipt;
import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Page;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The contracts that tenants have described, by chain and address. A description may be written
 * before its contract is made, and shows only when it is: so no crash leaves one without the other.
 *
 * <pre>
 * pk                       sk                      body
 * T#ten_acme#L#led_1#      CONTRACT#0x5f…aa#       {@link KnownContract}
 * </pre>
 *
 * <p><b>Trust:</b> a wrong description makes calls and events read wrongly; the log has the bytes.
 *
 * <p><b>Loss:</b> the journal has every description.
 */
public final class KnownContracts {
  private static final String KIND = "CONTRACT";

  private final Table table;

  public KnownContracts(Table table) {
    this.table = table;
  }

  public Optional<KnownContract> find(Chain chain, Address address) {
    Item item = table.get(key(chain.facts().ledger(), address));
    return item.exists()
        ? Optional.of(KnownContract.ofBytes(address, item.body())).filter(it -> isThere(chain, it))
        : Optional.empty();
  }

  public KnownContract get(Chain chain, Address address) {
    return find(chain, address)
        .orElseThrow(
            () ->
                new RefusedException(
                    ContractRefusal.CONTRACT_NOT_FOUND, "nobody has described " + address));
  }

  /** A page of them by address, those that are not made left out. */
  public record Slice(List<KnownContract> contracts, boolean more, String last) {
    public Slice {
      contracts = List.copyOf(contracts);
    }
  }

  public Slice list(Chain chain, String after, int limit) {
    LedgerId ledger = chain.facts().ledger();
    Prefix prefix = Prefix.of(ledger, KIND);
    Page page =
        after.isEmpty()
            ? table.first(prefix, limit)
            : table.after(prefix, key(ledger, Address.fromHex(after)), limit);
    List<KnownContract> contracts = new ArrayList<>();
    String last = after;
    for (Item item : page.items()) {
      last = item.key().sort().split("#", -1)[1];
      KnownContract contract = KnownContract.ofBytes(Address.fromHex(last), item.body());
      if (isThere(chain, contract)) {
        contracts.add(contract);
      }
    }
    return new Slice(contracts, page.more(), last);
  }

  /** Writes a description over what may be there. */
  Effect describes(LedgerId ledger, KnownContract contract) {
    return Effect.put(table.get(key(ledger, contract.address())), contract.toBytes());
  }

  private static boolean isThere(Chain chain, KnownContract contract) {
    if (contract.maker().equals(KnownContract.ELSEWHERE)) {
      return true;
    }
    return chain
        .place(contract.maker())
        .filter(
            place -> {
              ChainBlock block = chain.block(place.block()).orElseThrow();
              return succeeded(block.receipts().get(place.index()));
            })
        .isPresent();
  }

  static boolean succeeded(Receipt receipt) {
    return receipt.result() instanceof Receipt.Result.Status(boolean success) && success;
  }

  private static Key key(LedgerId ledger, Address address) {
    return Key.of(ledger, KIND, address.toString());
  }
}
