package io.mooring.cli;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Long work that a server does in parts, each asked for by the token that the one before gave. */
final class Parts {
  @Option(
      names = "--from",
      paramLabel = "TOKEN",
      description = "Go on where a run that broke off said it was, within a day.")
  private String token = "";

  /** Asks for part after part, hands each over, and gives the last. */
  Map<String, Object> all(
      Web web, Server server, String ledger, String work, Consumer<Map<String, Object>> each) {
    while (true) {
      Map<String, Object> part = one(web, server, ledger, work);
      each.accept(part);
      @Nullable Object next = part.get("nextPageToken");
      if (next == null) {
        return part;
      }
      token = next.toString();
    }
  }

  private Map<String, Object> one(Web web, Server server, String ledger, String work) {
    try {
      return server.part(web, ledger, work, token);
    } catch (CannotTellException e) {
      throw token.isEmpty()
          ? e
          : new CannotTellException(e.getMessage() + "; to go on, give --from " + token, e);
    }
  }

  static long number(Map<String, Object> part, String name) {
    return part.get(name) instanceof Long number ? number : 0;
  }
}
