package io.mooring.ledgers.http;

import io.mooring.ledger.Hash;
import io.mooring.ledgers.Appends;
import io.mooring.ledgers.Appends.Appended;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerRegister;
import io.mooring.ledgers.UncommittedException;
import io.mooring.ledgers.json.JsonWriter;
import io.mooring.platform.commit.Basis;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Receipt;
import io.mooring.platform.commit.Repetition;
import io.mooring.platform.http.CostHeader;
import io.mooring.platform.http.Once;
import io.mooring.platform.http.RawBody;
import io.mooring.platform.http.RequestBody;
import io.mooring.platform.http.Writes;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends to a ledger: one entry, or a batch of them in one request. */
@Path("/v1/ledgers/{ledger}/entries")
@RequestScoped
@RunOnVirtualThread
public class EntriesResource {
  static final String NDJSON = "application/x-ndjson";
  static final String CBOR_SEQ = "application/cbor-seq";

  /** Asks for results without proofs (RFC 7240). */
  private static final String MINIMAL = "return=minimal";

  /** Asks to be told soon, whether the commit has happened or not (RFC 7240). */
  private static final String ASYNC = "respond-async";

  private static final Duration SOON = Duration.ofMillis(50);

  private static final byte[] NO_ANSWER = {};

  private final LedgerRegister register;
  private final Appends appends;
  private final Caller caller;
  private final Once once;
  private final RequestBody body;

  EntriesResource(
      LedgerRegister register, Appends appends, Caller caller, Once once, RequestBody body) {
    this.register = register;
    this.appends = appends;
    this.caller = caller;
    this.once = once;
    this.body = body;
  }

  @POST
  @RawBody
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Response append(
      @PathParam("ledger") String idOrName,
      @HeaderParam("Prefer") @DefaultValue("") String prefer,
      @HeaderParam(LedgerHead.HEADER) @Nullable String head) {
    Ledger ledger = writable(idOrName);
    byte[] received = body.bytes();
    Basis basis = LedgerHead.basis(head);
    return one(ledger, EntryJson.read(received), repetition(received), basis, prefer);
  }

  /** The body is the payload; what else there is to say of it stands in the query. */
  @POST
  @RawBody
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @Produces(MediaType.APPLICATION_JSON)
  public Response appendBytes(
      @PathParam("ledger") String idOrName,
      @QueryParam("type") @DefaultValue("") String type,
      @QueryParam("subject") @DefaultValue("") String subject,
      @QueryParam("contentType") @DefaultValue(EntryJson.BYTES) String contentType,
      @QueryParam("erasable") @DefaultValue("false") boolean erasable,
      @HeaderParam(LedgerHead.HEADER) @Nullable String head) {
    Ledger ledger = writable(idOrName);
    byte[] received = body.bytes();
    NewEntry entry = EntryJson.ofBytes(type, subject, contentType, received, erasable);
    return one(ledger, entry, repetition(received), LedgerHead.basis(head), "");
  }

  @POST
  @RawBody
  @Consumes(NDJSON)
  @Produces(NDJSON)
  public Response appendLines(
      @PathParam("ledger") String idOrName,
      @HeaderParam("Prefer") @DefaultValue("") String prefer,
      @HeaderParam(LedgerHead.HEADER) @Nullable String head) {
    Ledger ledger = writable(idOrName);
    byte[] received = body.bytes();
    Batch batch = Batch.ofLines(received);
    return batch(
        ledger, batch, repetition(received), LedgerHead.basis(head), !prefer.contains(MINIMAL));
  }

  @POST
  @RawBody
  @Consumes(CBOR_SEQ)
  @Produces(NDJSON)
  public Response appendCbor(
      @PathParam("ledger") String idOrName,
      @HeaderParam("Prefer") @DefaultValue("") String prefer,
      @HeaderParam(LedgerHead.HEADER) @Nullable String head) {
    Ledger ledger = writable(idOrName);
    byte[] received = body.bytes();
    return batch(
        ledger,
        Batch.ofCbor(received),
        repetition(received),
        LedgerHead.basis(head),
        !prefer.contains(MINIMAL));
  }

  private Response batch(
      Ledger ledger, Batch batch, Repetition repetition, Basis basis, boolean proven) {
    List<NewEntry> entries = batch.entries();
    if (entries.isEmpty()) {
      return Response.ok(batch.answer(new JsonWriter(), (json, offset) -> {})).build();
    }
    Appended appended =
        appends.append(ledger, caller.subject(), entries, repetition, basis, Committer.PATIENCE);
    Receipt receipt = appended.receipt();
    byte[] checkpoint = ReceiptJson.checkpoint(appends.checkpoint(ledger, receipt));
    byte[] lines =
        batch.answer(
            new JsonWriter(),
            (json, offset) ->
                ReceiptJson.write(
                    json, receipt, offset, appends.content(receipt, offset), checkpoint, proven));
    return answer(Response.ok(lines), appended);
  }

  private Response one(
      Ledger ledger, NewEntry entry, Repetition repetition, Basis basis, String prefer) {
    List<NewEntry> entries = List.of(entry);
    boolean async = prefer.contains(ASYNC);
    try {
      Appended appended =
          appends.append(
              ledger,
              caller.subject(),
              entries,
              repetition,
              basis,
              async ? SOON : Committer.PATIENCE);
      return answer(created(ledger, appended.receipt()), appended);
    } catch (UncommittedException e) {
      if (async && e.outcome() instanceof Outcome.Pending pending) {
        return AttemptResource.accepted(ledger, pending);
      }
      throw e;
    }
  }

  private Response.ResponseBuilder created(Ledger ledger, Receipt receipt) {
    byte[] checkpoint = ReceiptJson.checkpoint(appends.checkpoint(ledger, receipt));
    String location = "/v1/ledgers/" + ledger.id().value() + "/entries/" + receipt.firstIndex();
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, location) // as it is; location() would resolve it
        .entity(
            ReceiptJson.write(
                    new JsonWriter(), receipt, 0, appends.content(receipt, 0), checkpoint, true)
                .toBytes());
  }

  private static Response answer(Response.ResponseBuilder answer, Appended appended) {
    CostHeader.put(answer, appended.receipt().charges(), appended.replayed());
    return appended.replayed() ? answer.header(Writes.HIT_HEADER, true).build() : answer.build();
  }

  private Ledger writable(String idOrName) {
    caller.require(Scope.LEDGERS_WRITE);
    return register.ofTenant(caller.tenant(), idOrName);
  }

  private Repetition repetition(byte[] received) {
    return once.key(caller.tenant())
        .<Repetition>map(key -> new Repetition.Keyed(key, Hash.ofBytes(received), NO_ANSWER))
        .orElseGet(Repetition.Free::new);
  }
}
