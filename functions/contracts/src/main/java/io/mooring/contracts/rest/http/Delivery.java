package io.mooring.contracts.rest.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.contracts.ContractRefusal;
import io.mooring.contracts.abi.AbiItem.Mutability;
import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.Chains;
import io.mooring.contracts.rest.Order;
import io.mooring.contracts.rest.Senders;
import io.mooring.contracts.rest.Sends;
import io.mooring.contracts.rest.TransactionViews;
import io.mooring.contracts.rest.TransactionViews.View;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerRegister;
import io.mooring.platform.commit.Repetition;
import io.mooring.platform.http.Once;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.problem.RefusedException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings what one request wants into a block, and waits for that as long as a request may. */
@RequestScoped
class Delivery {
  private static final byte[] NO_ANSWER = {};

  private final LedgerRegister register;
  private final Chains chains;
  private final Sends sends;
  private final Senders senders;
  private final TransactionViews views;
  private final Once once;
  private final io.mooring.platform.http.CurrentCaller current;

  Delivery(
      LedgerRegister register,
      Chains chains,
      Sends sends,
      Senders senders,
      TransactionViews views,
      Once once,
      io.mooring.platform.http.CurrentCaller current) {
    this.register = register;
    this.chains = chains;
    this.sends = sends;
    this.senders = senders;
    this.views = views;
    this.once = once;
    this.current = current;
  }

  /** Where a request wants something done, and who wants it. */
  record Site(Caller caller, Ledger ledger, Chain chain) {}

  /** The chain of the caller's own that a path names. */
  Site site(String idOrName) {
    Caller caller = current.ifAny().orElseThrow();
    caller.require(Scope.CONTRACTS_WRITE);
    Ledger ledger = register.ofTenant(caller.tenant(), idOrName);
    return new Site(caller, ledger, chains.of(ledger));
  }

  Address sender(Caller caller, @Nullable String named) {
    return named == null
        ? senders.first(caller)
        : senders.held(caller, Body.address(named, "sender"));
  }

  static void requirePayable(Mutability mutability, U256 value) {
    if (!value.isZero() && mutability != Mutability.PAYABLE) {
      throw new RefusedException(ContractRefusal.VALUE_NOT_TAKEN, "it is not payable");
    }
  }

  Repetition repetition() {
    return once.key(current.ifAny().orElseThrow().tenant())
        .<Repetition>map(key -> new Repetition.Keyed(key, once.bodyHash(), NO_ANSWER))
        .orElseGet(Repetition.Free::new);
  }

  /** Refuses where the block says that the code took it back: that is on record, and was paid. */
  View deliver(Site site, Order order, Sends.Beside beside) {
    Hash hash = sends.send(site.caller(), site.chain(), order, repetition(), beside);
    View view =
        views
            .find(site.caller().tenant(), site.ledger(), site.chain(), hash)
            .orElseGet(() -> TransactionViews.taken(hash));
    if (view.failure().isPresent()) {
      RefusedException failure = view.failure().get();
      var told = new HashMap<>(failure.told());
      told.put("transaction", view.json());
      throw new RefusedException(
          failure.refusal(), failure.detail(), failure.fix(), Map.copyOf(told));
    }
    return view;
  }

  String path(Site site, String below) {
    return "/v1/ledgers/" + site.ledger().id().value() + "/" + below;
  }

  /** It stands durably in the pool, and its block is not there yet. */
  Response accepted(Site site, ObjectNode answer, View view) {
    return Response.accepted(JsonTree.bytes(answer))
        .location(URI.create(path(site, "transactions/" + view.json().get("hash").asText())))
        .build();
  }
}
