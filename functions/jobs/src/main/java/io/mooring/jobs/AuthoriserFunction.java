package io.mooring.jobs;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.mooring.platform.identity.Credentials;
import io.mooring.tenants.lambda.GatewayAuthoriser;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The authoriser of the HTTP API, as a function. */
@Named("authoriser")
@Singleton
public final class AuthoriserFunction implements RequestStreamHandler {
  private final GatewayAuthoriser authoriser;

  AuthoriserFunction(Credentials credentials) {
    this.authoriser = new GatewayAuthoriser(credentials);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Events.write(answer, authoriser.handle(Events.map(event)));
  }
}
