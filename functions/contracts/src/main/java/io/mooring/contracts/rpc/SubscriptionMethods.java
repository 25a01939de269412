package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.LogFilter;
import io.mooring.contracts.rpc.Subscriptions.Topic;
import java.util.List;
import java.util.Set;

/** What a connection asks to be told of. */
final class SubscriptionMethods {
  private SubscriptionMethods() {}

  static List<RpcMethod> all() {
    return List.of(
        RpcMethod.read("eth_subscribe", 2, SubscriptionMethods::subscribe),
        RpcMethod.read(
            "eth_unsubscribe",
            1,
            (a, s) -> {
              if (!s.subscriptions().remove(a.required(0, Values::text))) {
                throw RpcError.server("subscription not found").exception();
              }
              return Answer.flag(true);
            }));
  }

  private static Answer subscribe(Arguments arguments, RpcSession session) {
    String name = arguments.required(0, Values::text);
    Topic topic =
        switch (name) {
          case "newHeads" -> new Topic.NewHeads();
          case "logs" -> new Topic.Logs(filter(arguments));
          case "newPendingTransactions" ->
              new Topic.Pending(arguments.optional(1, Values::flag).orElse(false));
          default ->
              throw RpcError.of(
                      RpcError.METHOD_NOT_FOUND,
                      "no such subscription: use newHeads, logs or newPendingTransactions")
                  .exception();
        };
    return Answer.text(session.subscriptions().add(topic));
  }

  private static LogFilter filter(Arguments arguments) {
    return arguments
        .optional(1, LogFilterJson::read)
        .map(wanted -> new LogFilter(0, Long.MAX_VALUE, wanted.addresses(), wanted.topics()))
        .orElseGet(() -> new LogFilter(0, Long.MAX_VALUE, Set.of(), List.of()));
  }
}
