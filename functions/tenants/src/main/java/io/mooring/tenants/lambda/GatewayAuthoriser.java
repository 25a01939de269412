package io.mooring.tenants.lambda;

import io.mooring.platform.identity.Bearer;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Credentials;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.problem.RefusedException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The authoriser behind API Gateway's HTTP APIs: takes a REQUEST event of payload format 2.0 and
 * gives a simple response. What it answers is cheap refusal at the gate; the function behind it
 * asks the same authoriser again, so nothing depends on the context that is passed on.
 */
public final class GatewayAuthoriser {
  private static final Map<String, Object> REFUSED = Map.of("isAuthorized", false);

  private final Credentials credentials;

  public GatewayAuthoriser(Credentials credentials) {
    this.credentials = credentials;
  }

  public Map<String, Object> handle(Map<String, Object> event) {
    try {
      Caller caller = credentials.callerOf(Bearer.of(authorizations(event)));
      return Map.of("isAuthorized", true, "context", context(caller));
    } catch (RefusedException e) {
      return REFUSED;
    }
  }

  private static Map<String, String> context(Caller caller) {
    return Map.of(
        "tenant", caller.tenant().value(),
        "subject", caller.subject(),
        "scopes",
            caller.scopes().stream().sorted().map(Scope::word).collect(Collectors.joining(" ")),
        "mode", caller.mode().word(),
        "plan", caller.plan().word());
  }

  // Names come in lower case by the format's word; values of the same name come joined by commas,
  // and a joined value is no credential.
  private static List<String> authorizations(Map<String, Object> event) {
    if (!(event.get("headers") instanceof Map<?, ?> headers)) {
      return List.of();
    }
    return headers.entrySet().stream()
        .filter(header -> "authorization".equals(lower(header.getKey())))
        .map(header -> String.valueOf(header.getValue()))
        .toList();
  }

  private static String lower(Object name) {
    return String.valueOf(name).toLowerCase(Locale.ROOT);
  }
}
