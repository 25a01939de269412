package io.mooring.billing.credits.http;

import io.mooring.billing.credits.Asked;
import io.mooring.platform.http.Answer;
import io.mooring.platform.http.Once;
import io.mooring.platform.identity.Caller;
import java.util.function.Function;

/** Asks for changes of credits as a request does: by its caller, under its Idempotency-Key. */
public final class Asking {
  private Asking() {}

  public static <T> Asked<T> by(Caller caller, Once once, Function<T, Answer> answer) {
    return new Asked<>(
        caller.subject(),
        (write, made) -> once.on(write, caller.tenant(), answer.apply(made)),
        write -> once.on(write, caller.tenant(), Answer.noContent()));
  }
}
