package io.mooring.jobs;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.mooring.ledgers.Appends;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerRegister;
import io.mooring.ledgers.UncommittedException;
import io.mooring.platform.commit.sqs.DeadLetters;
import io.mooring.platform.http.Writes;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.problem.RefusedException;
import io.mooring.tenants.Certificates;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Behind IoT Core's rule: appends what a client with a certificate published. The rule delivers at
 * least once, and a message is known by its trace. Nobody waits for an answer, so what is refused
 * for good is kept with its reason; what may yet succeed fails, for Lambda to deliver it again.
 */
@Named("readings")
@Singleton
public final class ReadingsFunction implements RequestStreamHandler {
  private final Certificates certificates;
  private final LedgerRegister register;
  private final Appends appends;
  private final DeadLetters deadLetters;

  ReadingsFunction(
      Certificates certificates,
      LedgerRegister register,
      Appends appends,
      DeadLetters deadLetters) {
    this.certificates = certificates;
    this.register = register;
    this.appends = appends;
    this.deadLetters = deadLetters;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    String received = new String(event.readAllBytes(), StandardCharsets.UTF_8);
    try {
      append(Publication.of(Events.tree(received)));
    } catch (UncommittedException e) {
      keepIfForGood(received, Writes.refusalOf(e.outcome()));
    } catch (RefusedException e) {
      keepIfForGood(received, e);
    }
    Events.write(answer, Map.of());
  }

  private void append(Publication published) {
    Caller caller = certificates.callerOf(published.tenant(), published.certificate());
    caller.require(Scope.LEDGERS_WRITE);
    Ledger ledger = register.ofTenant(caller.tenant(), published.ledger());

    appends.appendMessage(ledger, caller.subject(), published.entry(), published.repetition());
  }

  private void keepIfForGood(String received, RefusedException refused) {
    if (refused.refusal().retryable()) {
      throw refused;
    }
    deadLetters.keep(received, refused.refusal().code() + ": " + refused.detail());
  }
}
