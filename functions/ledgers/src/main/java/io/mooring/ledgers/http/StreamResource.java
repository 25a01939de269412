package io.mooring.ledgers.http;

import io.mooring.ledgers.Contents;
import io.mooring.ledgers.EntryFilter;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerLimit;
import io.mooring.ledgers.Reading;
import io.mooring.ledgers.Told;
import io.mooring.ledgers.derived.Placed;
import io.mooring.ledgers.json.JsonWriter;
import io.mooring.platform.http.Anybody;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A ledger's entries as they come, in their order and without a gap: one event each, whose id is
 * the entry's index. Whoever comes back with {@code Last-Event-ID} goes on after it.
 */
@Anybody
@Path("/v1/ledgers/{ledger}/stream")
@RequestScoped
@RunOnVirtualThread
public class StreamResource {
  private static final Logger LOG = Logger.getLogger(StreamResource.class);
  private static final int STREAMS_MAX = 256;
  private static final int PAGE = 100;
  private static final Duration BEGIN_PAUSE = Duration.ofMillis(1);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration QUIET_MAX = Duration.ofSeconds(15);
  private static final Duration SEND_MAX = Duration.ofSeconds(30);
  private static final Semaphore STREAMS = new Semaphore(STREAMS_MAX);

  private final LedgerAccess access;
  private final Reading reading;
  private final Contents contents;

  StreamResource(LedgerAccess access, Reading reading, Contents contents) {
    this.contents = contents;
    this.access = access;
    this.reading = reading;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void stream(
      @PathParam("ledger") String idOrName,
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
      @QueryParam("from") @DefaultValue("0") String from,
      @QueryParam("seconds") @DefaultValue("900") String seconds,
      @Context Sse sse,
      @Context SseEventSink sink,
      @Context HttpServerResponse response) {
    Ledger ledger = access.readable(idOrName);
    long next =
        lastEventId == null
            ? ReadEntriesResource.number("from", from)
            : ReadEntriesResource.number("Last-Event-ID", lastEventId) + 1;
    long secondsMax =
        Math.min(
            ReadEntriesResource.number("seconds", seconds), LedgerLimit.STREAM_SECONDS_MAX.value());
    if (!STREAMS.tryAcquire()) {
      throw new RefusedException(PlatformRefusal.OVERLOADED, "too many streams are open here");
    }
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
    // The answer begins when this method returns, so the events follow from a thread of their own.
    Thread.ofVirtual()
        .name("stream")
        .start(
            () -> {
              awaitBegin(response, endNanos);
              run(ledger, next, endNanos, sse, sink);
            });
  }

  /** An event that is sent while the answer begins can begin it a second time, which fails. */
  private static void awaitBegin(HttpServerResponse response, long endNanos) {
    while (!response.headWritten() && !response.closed() && System.nanoTime() < endNanos) {
      LockSupport.parkNanos(BEGIN_PAUSE.toNanos());
    }
  }

  private void run(Ledger ledger, long next, long endNanos, Sse sse, SseEventSink sink) {
    try (sink) {
      follow(ledger, next, endNanos, sse, sink);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | IllegalStateException e) {
      // The reader has gone, or does not read; it comes back with Last-Event-ID.
      LOG.debugf(e, "a stream of %s ended", ledger.id().value());
    } catch (RuntimeException e) {
      LOG.errorf(e, "a stream of %s failed", ledger.id().value());
    } finally {
      STREAMS.release();
    }
  }

  private void follow(Ledger ledger, long from, long endNanos, Sse sse, SseEventSink sink)
      throws InterruptedException, ExecutionException, TimeoutException {
    long next = from;
    long quietSince = 0; // says something at once, so that the reader knows that it is connected
    while (!sink.isClosed() && System.nanoTime() < endNanos) {
      Reading.Found found = reading.entries(ledger, EntryFilter.all(), next, PAGE);
      for (Placed entry : found.entries()) {
        send(sink, event(sse, entry, contents.of(ledger.id(), entry)));
        next = entry.index() + 1;
        quietSince = System.nanoTime();
      }
      if (System.nanoTime() - quietSince > QUIET_MAX.toNanos()) {
        send(sink, sse.newEventBuilder().comment("at " + next).build());
        quietSince = System.nanoTime();
      }
      if (!found.more()) {
        Thread.sleep(PAUSE);
      }
    }
  }

  private static OutboundSseEvent event(Sse sse, Placed entry, Told content) {
    return sse.newEventBuilder()
        .id(Long.toString(entry.index()))
        .name("entry")
        .data(EntryView.writeOnOneLine(new JsonWriter(), entry, content).toText())
        .build();
  }

  private static void send(SseEventSink sink, OutboundSseEvent event)
      throws InterruptedException, ExecutionException, TimeoutException {
    sink.send(event).toCompletableFuture().get(SEND_MAX.toMillis(), TimeUnit.MILLISECONDS);
  }
}
