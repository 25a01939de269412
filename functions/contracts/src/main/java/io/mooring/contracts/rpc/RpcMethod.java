package io.mooring.contracts.rpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One method: what it is called, what it takes, and what it does.
 *
 * @param argumentsMax how many parameters it takes at most
 */
public record RpcMethod(String name, Kind kind, int argumentsMax, Body body) {
  /** What a method costs this process, and what the caller must be allowed. */
  public enum Kind {
    /** Looks something up. */
    READ,
    /** Executes something, or searches: it waits for the tenant's turn. */
    COMPUTE,
    /** Changes the chain, or signs: it needs the right to write. */
    SEND
  }

  /** What a method does. */
  @FunctionalInterface
  public interface Body {
    CompletionStage<Answer> start(Arguments arguments, RpcSession session);
  }

  /** What a method does that has its answer when it returns. */
  @FunctionalInterface
  public interface Plain {
    Answer answer(Arguments arguments, RpcSession session);
  }

  static RpcMethod read(String name, int argumentsMax, Plain body) {
    return new RpcMethod(name, Kind.READ, argumentsMax, at(body));
  }

  static RpcMethod compute(String name, int argumentsMax, Plain body) {
    return new RpcMethod(name, Kind.COMPUTE, argumentsMax, at(body));
  }

  static RpcMethod send(String name, int argumentsMax, Body body) {
    return new RpcMethod(name, Kind.SEND, argumentsMax, body);
  }

  private static Body at(Plain body) {
    return (arguments, session) ->
        CompletableFuture.completedFuture(body.answer(arguments, session));
  }
}
