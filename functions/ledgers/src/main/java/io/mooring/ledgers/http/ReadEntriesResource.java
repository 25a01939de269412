package io.mooring.ledgers.http;

import io.mooring.ledgers.Appends;
import io.mooring.ledgers.Contents;
import io.mooring.ledgers.EntryFilter;
import io.mooring.ledgers.Erasure;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerRefusal;
import io.mooring.ledgers.Reading;
import io.mooring.ledgers.Told;
import io.mooring.ledgers.derived.Placed;
import io.mooring.ledgers.json.JsonWriter;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.ReadCounter;
import io.mooring.platform.commit.Receipt;
import io.mooring.platform.http.Anybody;
import io.mooring.platform.http.CurrentCaller;
import io.mooring.platform.http.Once;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.page.PageTokens;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Entries of a ledger, for whoever may read it. */
@Anybody
@Path("/v1/ledgers/{ledger}/entries")
@RequestScoped
@RunOnVirtualThread
public class ReadEntriesResource {
  private final LedgerAccess access;
  private final Reading reading;
  private final Contents contents;
  private final Appends appends;
  private final PageTokens tokens;
  private final CurrentCaller current;
  private final ReadCounter counter;

  ReadEntriesResource(
      LedgerAccess access,
      Reading reading,
      Contents contents,
      Appends appends,
      PageTokens tokens,
      CurrentCaller current,
      ReadCounter counter) {
    this.access = access;
    this.contents = contents;
    this.appends = appends;
    this.reading = reading;
    this.tokens = tokens;
    this.current = current;
    this.counter = counter;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public byte[] list(
      @PathParam("ledger") String idOrName,
      @QueryParam("from") @DefaultValue("0") String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("subject") @DefaultValue("") String subject,
      @QueryParam("since") @Nullable String since,
      @QueryParam("until") @Nullable String until,
      @QueryParam("idempotencyKey") @Nullable String idempotencyKey,
      @QueryParam("perPage") @Nullable String perPage,
      @QueryParam("pageToken") @Nullable String pageToken) {
    Ledger ledger =
        idempotencyKey == null ? access.readable(idOrName) : access.ownReadable(idOrName);
    EntryFilter filter = EntryFilter.all().about(subject);
    filter = to == null ? filter : filter.between(0, number("to", to));
    filter = since == null ? filter : filter.since(EntryJson.millis(since));
    filter = until == null ? filter : filter.until(EntryJson.millis(until));
    filter = idempotencyKey == null ? filter : ofWrite(ledger, filter, idempotencyKey);
    // A token goes on with the list that it was given out for, and with no other.
    String list =
        String.join(
            "\n",
            ledger.id().value(),
            subject,
            "" + to,
            "" + since,
            "" + until,
            "" + idempotencyKey);
    PageRequest page = tokens.read(ledger.id().tenant(), list, perPage, pageToken);
    long first = page.after().isEmpty() ? number("from", from) : Long.parseLong(page.after());

    Reading.Found found = reading.entries(ledger, filter, first, page.items());

    JsonWriter json = new JsonWriter().beginObject().name("items").beginArray();
    found.entries().forEach(entry -> EntryView.write(json, entry, contents.of(ledger.id(), entry)));
    json.endArray();
    if (found.more()) {
      json.name("nextPageToken")
          .string(tokens.issue(ledger.id().tenant(), list, Long.toString(found.next())));
    }
    return json.endObject().toBytes();
  }

  @GET
  @Path("/{index}")
  @Produces(MediaType.APPLICATION_JSON)
  public byte[] one(@PathParam("ledger") String idOrName, @PathParam("index") String index) {
    Ledger ledger = access.readable(idOrName);
    Placed entry = reading.entry(ledger, number("index", index));
    return EntryView.write(new JsonWriter(), entry, contents.of(ledger.id(), entry)).toBytes();
  }

  /** The payload's very bytes, never as a page of this host: their type stands in a header. */
  @GET
  @Path("/{index}/payload")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  public Response payload(@PathParam("ledger") String idOrName, @PathParam("index") String index) {
    Ledger ledger = access.readable(idOrName);
    Placed entry = reading.entry(ledger, number("index", index));
    return switch (contents.of(ledger.id(), entry)) {
      case Told.Blob blob ->
          throw new RefusedException(
              LedgerRefusal.ENTRY_NOT_FOUND, "the payload is a blob; ask /v1/blobs for it");
      case Told.Nothing(Erasure erasure) ->
          throw new RefusedException(
              LedgerRefusal.CONTENT_ERASED,
              "entry " + erasure.index() + " of " + erasure.ledger().value() + " says so");
      case Told.Content content ->
          Response.ok(content.bytes())
              .header("Content-Disposition", "attachment")
              .header("Mooring-Content-Type", entry.kept().entry().payload().contentType())
              .build();
    };
  }

  @GET
  @Path("/{index}/proof")
  @Produces(MediaType.TEXT_PLAIN)
  public String proof(@PathParam("ledger") String idOrName, @PathParam("index") String index) {
    Ledger ledger = access.readable(idOrName);
    String proof = reading.proof(ledger, number("index", index)).encoded();
    // Whoever asks pays beyond the free ones; strangers have their rate, and nobody pays for them.
    current.ifAny().ifPresent(caller -> counter.proof(caller.tenant(), caller.subject()));
    return proof;
  }

  /** Its path in the scope of a key is the one that the append went to: by id or by name. */
  private EntryFilter ofWrite(Ledger ledger, EntryFilter filter, String key) {
    for (String path : List.of(ledger.id().value(), ledger.name().value())) {
      IdempotencyKey scoped =
          Once.keyOf(ledger.id().tenant(), "POST", "/v1/ledgers/" + path + "/entries", key);
      Optional<Receipt> receipt = appends.find(ledger, scoped);
      if (receipt.isPresent()) {
        long first = receipt.get().firstIndex();
        return filter.between(first, first + receipt.get().leaves().size());
      }
    }
    return filter.between(0, 0);
  }

  static long number(String name, String text) {
    boolean plain =
        !text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!plain) {
      throw new RefusedException(
          PlatformRefusal.PARAMETER_INVALID, name + " is a number from 0 to 10^18 - 1");
    }
    return Long.parseLong(text);
  }
}
