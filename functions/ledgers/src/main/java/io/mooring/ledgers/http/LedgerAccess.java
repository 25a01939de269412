package io.mooring.ledgers.http;

import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerRegister;
import io.mooring.platform.http.CurrentCaller;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import jakarta.enterprise.context.RequestScoped;

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
    return register.readable(current.ifAny(), idOrName);
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
    LedgerRegister.requireReader(caller, ledger);
    return ledger;
  }
}
