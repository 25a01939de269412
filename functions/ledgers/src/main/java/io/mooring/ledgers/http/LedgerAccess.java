package io.mooring.ledgers.http;

import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerRefusal;
import io.mooring.ledgers.LedgerRegister;
import io.mooring.ledgers.Readers;
import io.mooring.platform.http.CurrentCaller;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Whether whoever calls may see a ledger. To everybody else it does not exist. */
@RequestScoped
class LedgerAccess {
  private final LedgerRegister register;
  private final CurrentCaller current;

  LedgerAccess(LedgerRegister register, CurrentCaller current) {
    this.register = register;
    this.current = current;
  }

  /**
   * The ledger that the path names, by its id, or by its name where the caller is of its tenant.
   */
  Ledger readable(String idOrName) {
    Optional<Caller> caller = current.ifAny();
    Optional<Ledger> own = caller.flatMap(who -> register.find(who.tenant(), idOrName));
    if (own.isPresent()) {
      requireReader(caller.orElseThrow(), own.get());
      return own.get();
    }
    return register
        .ofAnyone(idOrName)
        .filter(ledger -> ledger.readers() == Readers.PUBLIC)
        .orElseThrow(
            () ->
                new RefusedException(
                    LedgerRefusal.LEDGER_NOT_FOUND, "no ledger of that name is shown to you"));
  }

  /** The ledger that the path names, for a credential of its own tenant only. */
  Ledger ownReadable(String idOrName) {
    Caller caller =
        current
            .ifAny()
            .orElseThrow(
                () ->
                    new RefusedException(
                        PlatformRefusal.CREDENTIAL_MISSING,
                        "keys are shown to the ledger's own tenant only"));
    Ledger ledger = register.ofTenant(caller.tenant(), idOrName);
    requireReader(caller, ledger);
    return ledger;
  }

  private static void requireReader(Caller caller, Ledger ledger) {
    boolean may =
        switch (ledger.readers()) {
          case PUBLIC -> true;
          case AUDITORS -> caller.may(Scope.LEDGERS_READ) || caller.may(Scope.EVIDENCE_READ);
          case PRIVATE -> caller.may(Scope.LEDGERS_READ);
        };
    if (!may) {
      throw new RefusedException(
          PlatformRefusal.SCOPE_MISSING, "this needs the scope " + Scope.LEDGERS_READ.word());
    }
  }
}
