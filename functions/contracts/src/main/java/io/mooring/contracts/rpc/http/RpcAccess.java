package io.mooring.contracts.rpc.http;

import io.mooring.contracts.chain.Chains;
import io.mooring.contracts.rpc.RpcSession;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerRegister;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Whether whoever calls may read a chain, and whether they may write to it. */
@Singleton
public final class RpcAccess {
  private final LedgerRegister register;
  private final Chains chains;

  RpcAccess(LedgerRegister register, Chains chains) {
    this.register = register;
    this.chains = chains;
  }

  /**
   * @throws io.mooring.platform.problem.RefusedException if the caller may not see the ledger, or
   *     it is no chain
   */
  public RpcSession session(Optional<Caller> caller, String idOrName) {
    Ledger ledger = register.readable(caller, idOrName);
    boolean own = caller.filter(who -> who.tenant().equals(ledger.id().tenant())).isPresent();
    return new RpcSession(
        chains.of(ledger),
        caller.map(Caller::tenant).orElse(ledger.id().tenant()),
        caller.map(Caller::subject).orElse(RpcSession.STRANGER),
        own && caller.orElseThrow().may(Scope.CONTRACTS_WRITE));
  }
}
