package io.mooring.platform.http;

import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Condition;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Receipt;
import io.mooring.platform.commit.Write;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Commits what a resource has decided, and answers: the one way from a request to a change.
 *
 * <p>A repetition is answered before any condition is looked at, so a resource does not check that
 * a thing is there: it says so as a condition of the write.
 */
@RequestScoped
public class Writes {
  /** Where the change stands in the log: the ledger and the index of its first entry. */
  public static final String ENTRY_HEADER = "Mooring-Entry";

  public static final String HIT_HEADER = "Idempotency-Hit";

  private final Committer committer;
  private final Once once;
  private final Versions versions;
  private final RoutingContext exchange;

  Writes(Committer committer, Once once, Versions versions, RoutingContext exchange) {
    this.committer = committer;
    this.once = once;
    this.versions = versions;
    this.exchange = exchange;
  }

  /** Commits and answers, or refuses. */
  public Response commit(Caller caller, Write write, Answer answer) {
    return answer(committer.commit(once.on(write, caller.tenant(), answer)), answer);
  }

  /** Answers for a write that somebody else has committed, or refuses. */
  public Response answer(Outcome outcome, Answer answer) {
    return switch (outcome) {
      case Outcome.Won won -> answer(answer, won.receipt(), false).build();
      case Outcome.Replayed replayed ->
          answer(Answer.of(replayed.answer()), replayed.receipt(), true)
              .header(HIT_HEADER, true)
              .build();
      case Outcome.EffectRefused refused -> throw refusal(refused);
      case Outcome other -> throw refusal(other);
    };
  }

  private static Response.ResponseBuilder answer(Answer answer, Receipt receipt, boolean replayed) {
    Response.ResponseBuilder response =
        Response.status(answer.status())
            .header(ENTRY_HEADER, receipt.ledger().value() + "/" + receipt.firstIndex());
    CostHeader.put(response, receipt.charges(), replayed);
    if (!answer.json().isEmpty()) {
      response
          .entity(answer.json())
          .type(MediaType.APPLICATION_JSON)
          .tag(Versions.tag(receipt.commit()));
    }
    if (!answer.location().isEmpty()) {
      response.header(HttpHeaders.LOCATION, answer.location());
    }
    return response;
  }

  private RefusedException refusal(Outcome.EffectRefused refused) {
    if (refused.effect().condition() instanceof Condition.Absent) {
      return new RefusedException(PlatformRefusal.ALREADY_THERE, "there is such a thing already");
    }
    if (!refused.now().exists()) {
      return new RefusedException(PlatformRefusal.NOT_FOUND, "there is no such thing");
    }
    return versions.asked()
        ? new RefusedException(
            PlatformRefusal.PRECONDITION_FAILED, "the thing is not at the version in If-Match")
        : changedMeanwhile();
  }

  private static RefusedException changedMeanwhile() {
    return new RefusedException(
        PlatformRefusal.CHANGED_MEANWHILE, "another request changed the thing meanwhile");
  }

  /** The refusal that a client is given for a commit that did not win, whatever was written. */
  public RefusedException refusal(Outcome outcome) {
    if (outcome instanceof Outcome.EffectRefused refused) {
      return refusal(refused);
    }
    if (outcome instanceof Outcome.Busy busy) {
      exchange
          .response()
          .putHeader(
              HttpHeaders.RETRY_AFTER,
              Long.toString(Math.max(1, busy.retryAfter().plusMillis(999).toSeconds())));
    }
    return refusalOf(outcome);
  }

  /** The same for whoever does not come by HTTP, and knows no versions. */
  public static RefusedException refusalOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.KeyReused reused ->
          new RefusedException(
              PlatformRefusal.IDEMPOTENCY_KEY_REUSED, "the key came with another body before");
      case Outcome.InFlight running ->
          new RefusedException(
              PlatformRefusal.IDEMPOTENCY_KEY_RUNNING, "the first request is not answered yet");
      case Outcome.LedgerClosed closed ->
          new RefusedException(PlatformRefusal.LEDGER_CLOSED, "the ledger takes no more entries");
      case Outcome.HeadMoved moved ->
          new RefusedException(
              PlatformRefusal.LEDGER_HEAD_MOVED,
              "the ledger's head is " + moved.now().size() + " " + moved.now().root().base64());
      case Outcome.InsufficientCredit lacking ->
          new RefusedException(
              PlatformRefusal.of(lacking.reason()),
              "this needs " + lacking.missing() + " more of " + lacking.asset());
      case Outcome.Busy busy ->
          new RefusedException(PlatformRefusal.OVERLOADED, "the ledger is busy");
      case Outcome.Pending pending ->
          new RefusedException(
              PlatformRefusal.OUTCOME_UNKNOWN, "the deadline came before the commit's outcome");
      case Outcome.Tampered tampered ->
          new RefusedException(
              PlatformRefusal.LEDGER_FROZEN, "the store does not hold what was published");
      case Outcome.EffectRefused refused -> changedMeanwhile();
      case Outcome.Won won -> throw new IllegalArgumentException("a commit that won is no refusal");
      case Outcome.Replayed replayed ->
          throw new IllegalArgumentException("a replay is no refusal");
    };
  }
}
