package io.mooring.ledgers.http;

import io.mooring.ledgers.Erasure;
import io.mooring.ledgers.Erasures;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerRegister;
import io.mooring.ledgers.json.JsonWriter;
import io.mooring.platform.commit.Repetition;
import io.mooring.platform.http.Once;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * Erases what one entry is about. A repetition gives the same answer, with or without an
 * Idempotency-Key: an entry is erased once.
 */
@Path("/v1/ledgers/{ledger}/entries/{index}/content")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ErasureResource {
  private static final byte[] NO_ANSWER = {};

  private final LedgerRegister register;
  private final Erasures erasures;
  private final Once once;
  private final Caller caller;

  ErasureResource(LedgerRegister register, Erasures erasures, Once once, Caller caller) {
    this.once = once;
    this.register = register;
    this.erasures = erasures;
    this.caller = caller;
  }

  @DELETE
  public byte[] erase(@PathParam("ledger") String idOrName, @PathParam("index") String index) {
    caller.require(Scope.LEDGERS_ERASE);
    Ledger ledger = register.ofTenant(caller.tenant(), idOrName);
    long number = ReadEntriesResource.number("index", index);

    Repetition repetition =
        once.key(caller.tenant())
            .<Repetition>map(key -> new Repetition.Keyed(key, once.bodyHash(), NO_ANSWER))
            .orElseGet(Repetition.Free::new);
    Erasure erasure = erasures.erase(ledger, number, caller.subject(), repetition);

    JsonWriter json = new JsonWriter().beginObject().name("index").number(number);
    EntryView.erasure(json.name("erasedBy"), erasure);
    return json.endObject().toBytes();
  }
}
