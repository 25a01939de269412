package io.mooring.billing.credits.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.Amount;
import io.mooring.billing.Hold;
import io.mooring.billing.Words;
import io.mooring.billing.credits.BillingLimit;
import io.mooring.billing.credits.Credits;
import io.mooring.billing.credits.Gathering;
import io.mooring.billing.credits.Settled;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.http.Answer;
import io.mooring.platform.http.Once;
import io.mooring.platform.http.Wire;
import io.mooring.platform.http.Writes;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Credit that the caller's tenant sets aside, and what becomes of it. */
@Path("/v1/credits/holds")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class HoldsResource {
  private static final int ID_DIGITS = 26;
  private static final long MILLIS_PER_SECOND = 1_000;

  private final Caller caller;
  private final Gathering gathering;
  private final Credits credits;
  private final Writes writes;
  private final Once once;
  private final InstantSource clock;

  HoldsResource(
      Caller caller,
      Gathering gathering,
      Credits credits,
      Writes writes,
      Once once,
      InstantSource clock) {
    this.caller = caller;
    this.gathering = gathering;
    this.credits = credits;
    this.writes = writes;
    this.once = once;
    this.clock = clock;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response hold(@Nullable NewHoldJson sent) {
    caller.require(Scope.CREDITS_WRITE);
    NewHoldJson json = Wire.body(sent);
    Amount amount =
        CreditsResource.amount(
            CreditsResource.asset(Wire.required(json.asset(), "asset")),
            Wire.required(json.amount(), "amount"));
    long seconds = Wire.required(json.expiresInSeconds(), "expiresInSeconds");
    if (seconds < 1 || seconds > BillingLimit.HOLD_SECONDS_MAX.value()) {
      throw new RefusedException(
          PlatformRefusal.BODY_INVALID,
          "expiresInSeconds is from 1 to " + BillingLimit.HOLD_SECONDS_MAX.value());
    }
    IdempotencyKey key = once.required(caller.tenant());
    // The key makes the hold's id, so a repetition is one even when its answer is forgotten.
    String id = "hold_" + key.hash().toString().substring(0, ID_DIGITS);
    Function<Hold, Answer> answer = made -> Answer.created("/v1/credits/holds/" + id, text(made));

    return settled(
        gathering.hold(
            Asking.by(caller, once, answer),
            caller.tenant(),
            id,
            amount,
            clock.millis() + seconds * MILLIS_PER_SECOND),
        answer);
  }

  @GET
  @Path("/{hold}")
  public Response get(@PathParam("hold") String id) {
    caller.require(Scope.CREDITS_READ);
    return Response.ok(text(find(id))).build();
  }

  /** Takes what is named, or all of it; what is left goes back. */
  @POST
  @Path("/{hold}/capture")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response capture(@PathParam("hold") String id, @Nullable CaptureJson sent) {
    caller.require(Scope.CREDITS_WRITE);
    CaptureJson json = Wire.body(sent);
    Hold hold = find(id);
    once.required(caller.tenant());
    Function<Hold, Answer> answer = ended -> Answer.ok(text(ended));

    String amount = json.amount();
    return settled(
        amount == null
            ? credits.capture(Asking.by(caller, once, answer), caller.tenant(), id)
            : credits.capture(
                Asking.by(caller, once, answer),
                caller.tenant(),
                id,
                CreditsResource.amount(hold.asset(), amount).units()),
        answer);
  }

  @POST
  @Path("/{hold}/void")
  public Response voided(@PathParam("hold") String id) {
    caller.require(Scope.CREDITS_WRITE);
    find(id);
    once.required(caller.tenant());
    Function<Hold, Answer> answer = ended -> Answer.ok(text(ended));

    return settled(credits.voided(Asking.by(caller, once, answer), caller.tenant(), id), answer);
  }

  private Hold find(String id) {
    return credits
        .held(caller.tenant(), id)
        .orElseThrow(
            () -> new RefusedException(PlatformRefusal.NOT_FOUND, "there is no such thing"));
  }

  private Response settled(Settled<Hold> settled, Function<Hold, Answer> answer) {
    return switch (settled) {
      case Settled.Done<Hold> done ->
          writes.answer(new Outcome.Won(done.receipt()), answer.apply(done.made()));
      case Settled.Unchanged<Hold>(Outcome outcome) -> writes.answer(outcome, Answer.noContent());
      case Settled.Declined<Hold> declined -> throw Declines.refused(declined);
    };
  }

  private static String text(Hold hold) {
    ObjectNode json =
        JsonTree.object()
            .put("id", hold.id())
            .put("asset", hold.asset().name())
            .put("amount", Long.toString(hold.funds().total()))
            .put("state", Words.of(hold.state()))
            .put("captured", Long.toString(hold.captured()))
            .put("expires", Instant.ofEpochMilli(hold.expiresMillis()).toString());
    return JsonTree.text(json);
  }

  /** What is set aside, and for how long. */
  public record NewHoldJson(
      @Nullable String asset, @Nullable String amount, @Nullable Long expiresInSeconds) {}

  /** How much of it is taken; all of it where nothing is said. */
  public record CaptureJson(@Nullable String amount) {}
}
