package io.mooring.contracts.rpc.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.HeldKeys;
import io.mooring.contracts.chain.Submission;
import io.mooring.contracts.rpc.Dispatcher;
import io.mooring.contracts.rpc.RpcLimit;
import io.mooring.contracts.rpc.RpcMethods;
import io.mooring.contracts.rpc.Turns;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.crypto.Signature;
import io.mooring.evm.interpreter.Interpreter;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.platform.TenantId;
import io.mooring.platform.limit.LimitSet;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Puts JSON-RPC together. */
final class RpcBeans {
  private static final String CLIENT_VERSION = "Mooring/0.1.0/java";

  /** More threads than processors, for what executes also reads. */
  private static final int THREADS_PER_PROCESSOR = 2;

  @Produces
  @Singleton
  static Turns turns() {
    return new Turns(
        THREADS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors(),
        RpcLimit.RPC_HEAVY_CALLS_MAX.intValue(),
        RpcLimit.RPC_HEAVY_CALLS_WAITING_MAX.intValue());
  }

  static void end(@Disposes Turns turns) {
    turns.close();
  }

  @Produces
  @Singleton
  static Dispatcher dispatcher(Turns turns, Instance<HeldKeys> keys, MeterRegistry meters) {
    return new Dispatcher(
        RpcMethods.of(
            CLIENT_VERSION,
            keys.isResolvable() ? keys.get() : new NoHeldKeys(),
            new Interpreter(),
            System::nanoTime,
            new SecureRandom()::nextLong),
        turns,
        (method, outcome, nanos) ->
            meters
                .timer("mooring.rpc", "method", method, "outcome", outcome)
                .record(Duration.ofNanos(nanos)));
  }

  @Produces
  @Singleton
  static LimitSet limits() {
    return new LimitSet(List.of(RpcLimit.values()));
  }

  /** A deployment in which the platform holds nobody's keys. */
  private static final class NoHeldKeys implements HeldKeys {
    @Override
    public List<Address> addresses(TenantId tenant) {
      return List.of();
    }

    @Override
    public Signature sign(TenantId tenant, Address address, Hash digest) {
      throw new IllegalStateException("no key is held, and " + address + " was asked for");
    }

    @Override
    public Hash newRequest() {
      throw new IllegalStateException("no key is held that could sign a request");
    }

    @Override
    public SignedTransaction sign(
        TenantId tenant, Address address, Transaction content, Hash request) {
      throw new IllegalStateException("no key is held, and " + address + " was asked for");
    }

    @Override
    public CompletableFuture<Submission> send(Chain chain, Wanted wanted) {
      throw new IllegalStateException("no key is held, and " + wanted.sender() + " was asked for");
    }
  }
}
