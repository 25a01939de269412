package io.mooring.ledgers.http;

import io.mooring.ledgers.EntryFilter;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerRefusal;
import io.mooring.ledgers.Reading;
import io.mooring.ledgers.derived.Placed;
import io.mooring.ledgers.json.JsonWriter;
import io.mooring.platform.commit.KeptEntry;
import io.mooring.platform.http.Anybody;
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
import org.jspecify.annotations.Nullable;

/** Entries of a ledger, for whoever may read it. */
@Anybody
@Path("/v1/ledgers/{ledger}/entries")
@RequestScoped
@RunOnVirtualThread
public class ReadEntriesResource {
  private final LedgerAccess access;
  private final Reading reading;
  private final PageTokens tokens;

  ReadEntriesResource(LedgerAccess access, Reading reading, PageTokens tokens) {
    this.access = access;
    this.reading = reading;
    this.tokens = tokens;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public byte[] list(
      @PathParam("ledger") String idOrName,
      @QueryParam("from") @DefaultValue("0") String from,
      @QueryParam("subject") @DefaultValue("") String subject,
      @QueryParam("since") @Nullable String since,
      @QueryParam("until") @Nullable String until,
      @QueryParam("perPage") @Nullable String perPage,
      @QueryParam("pageToken") @Nullable String pageToken) {
    Ledger ledger = access.readable(idOrName);
    EntryFilter filter = EntryFilter.all().about(subject);
    filter = since == null ? filter : filter.since(EntryJson.millis(since));
    filter = until == null ? filter : filter.until(EntryJson.millis(until));
    // A token goes on with the list that it was given out for, and with no other.
    String list = String.join("\n", ledger.id().value(), subject, "" + since, "" + until);
    PageRequest page = tokens.read(ledger.id().tenant(), list, perPage, pageToken);
    long first = page.after().isEmpty() ? number("from", from) : Long.parseLong(page.after());

    Reading.Found found = reading.entries(ledger, filter, first, page.items());

    JsonWriter json = new JsonWriter().beginObject().name("items").beginArray();
    found.entries().forEach(entry -> EntryView.write(json, entry));
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
    return EntryView.write(new JsonWriter(), entry).toBytes();
  }

  /** The payload's very bytes, never as a page of this host: their type stands in a header. */
  @GET
  @Path("/{index}/payload")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  public Response payload(@PathParam("ledger") String idOrName, @PathParam("index") String index) {
    Ledger ledger = access.readable(idOrName);
    KeptEntry kept = reading.entry(ledger, number("index", index)).kept();
    if (kept.kind() == KeptEntry.Kind.ELSEWHERE) {
      throw new RefusedException(
          LedgerRefusal.ENTRY_NOT_FOUND, "the payload is a blob; ask /v1/blobs for it");
    }
    return Response.ok(kept.content())
        .header("Content-Disposition", "attachment")
        .header("Mooring-Content-Type", kept.entry().payload().contentType())
        .build();
  }

  @GET
  @Path("/{index}/proof")
  @Produces(MediaType.TEXT_PLAIN)
  public String proof(@PathParam("ledger") String idOrName, @PathParam("index") String index) {
    Ledger ledger = access.readable(idOrName);
    return reading.proof(ledger, number("index", index)).encoded();
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
