package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.node.NullNode;
import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.rpc.HeldConnections.Held;
import io.mooring.contracts.rpc.HeldConnections.Subscription;
import io.mooring.platform.LedgerId;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Table;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/**
 * JSON-RPC over connections that a gateway holds, where no process stays with them: each message is
 * an event, and what a connection is told is told by whoever is woken by the chain's commits. Told
 * are blocks in their order, each at least once. A connection that cannot be told is cut off: a gap
 * would be worse.
 */
public final class GatewaySockets {
  /** How long a block is waited for that the ledger has and the chain does not show yet. */
  private static final long PATIENCE_MILLIS = 2_000;

  private static final long PAUSE_MILLIS = 50;
  private static final System.Logger LOG = System.getLogger(GatewaySockets.class.getName());

  private final Dispatcher dispatcher;
  private final Access access;
  private final ToLongFunction<LedgerId> entries;
  private final HeldConnections held;
  private final Gateway gateway;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** Whether whoever shows a credential, or none, may see a chain. */
  public interface Access {
    /**
     * @throws RefusedException if it may not, or there is no such chain
     */
    RpcSession session(Optional<String> credential, String ledger);
  }

  /** What holds the connections. */
  public interface Gateway {
    /**
     * Sends a message; whether the connection is still there.
     *
     * @throws GatewayUnavailableException if it cannot be told now
     */
    boolean send(String connection, byte[] message);

    /** Ends a connection, if it is still there. */
    void cut(String connection);
  }

  /** What connections and their subscriptions are kept in. */
  public record Stores(Table table, DerivedItems items, byte[] secret) {}

  /**
   * @param entries how many entries a ledger has, as it is stored
   */
  public GatewaySockets(
      Dispatcher dispatcher,
      Access access,
      ToLongFunction<LedgerId> entries,
      Stores stores,
      Gateway gateway,
      InstantSource clock,
      RandomGenerator random) {
    this.dispatcher = dispatcher;
    this.access = access;
    this.entries = entries;
    this.held = new HeldConnections(stores.table(), stores.items(), stores.secret(), clock, random);
    this.gateway = gateway;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Somebody wants to connect to a chain.
   *
   * @throws RefusedException if that is refused
   */
  public void connect(String connection, String ledger, Optional<String> credential) {
    RpcSession session = access.session(credential, ledger);
    LedgerId id = session.chain().facts().ledger();
    if (held.open(id, session.line()) >= RpcLimit.RPC_CONNECTIONS_MAX.value()) {
      throw new RefusedException(
          PlatformRefusal.RATE_EXCEEDED, "rpcConnectionsMax connections are open to the chain");
    }

    held.hold(connection, id, credential, session.line());
  }

  /** A message came; its answer is sent before anything of what it subscribed to. */
  public void received(String connection, byte[] message) {
    Optional<Held> known = held.find(connection);
    if (known.isEmpty()) {
      gateway.cut(connection);
      return;
    }
    Held from = known.get();
    Optional<RpcSession> session = session(from);
    if (session.isEmpty()) {
      return;
    }
    Chain chain = session.get().chain();
    Asking asking = new Asking(from, chain.latest().number() + 1);
    byte[] answer = dispatcher.answer(message, session.get().with(asking)).join();
    if (answer.length > 0 && !send(from, bounded(answer))) {
      return;
    }
    if (!asking.wanted.isEmpty()) {
      held.subscribe(from, asking.wanted);
      // Blocks that came meanwhile woke somebody who did not know of it yet.
      tell(from, chain, asking.wanted);
    }
  }

  private static byte[] bounded(byte[] answer) {
    return answer.length <= RpcLimit.RPC_GATEWAY_MESSAGE_BYTES_MAX.value()
        ? answer
        : Dispatcher.envelope(
            NullNode.getInstance(),
            RpcError.limit(
                RpcLimit.RPC_GATEWAY_MESSAGE_BYTES_MAX, "the answer is too large for a message"));
  }

  /** The connection is gone. */
  public void gone(String connection) {
    held.find(connection).ifPresent(known -> held.forget(known.ledger(), connection));
  }

  /** The ledger has gone on: tells all who want to know. */
  public void committed(LedgerId ledger) {
    held.all(ledger)
        .forEach(
            (connection, subscriptions) -> {
              Optional<Held> known = held.find(connection);
              if (known.isEmpty()) {
                held.forget(ledger, connection);
                return;
              }
              session(known.get())
                  .ifPresent(session -> tell(known.get(), session.chain(), subscriptions));
            });
  }

  /** As the credential says now; a connection whose credential no longer holds is cut off. */
  private Optional<RpcSession> session(Held from) {
    try {
      return Optional.of(access.session(from.credential(), from.ledger().value()));
    } catch (RefusedException refused) {
      cut(from);
      return Optional.empty();
    }
  }

  private void tell(Held to, Chain chain, List<Subscription> subscriptions) {
    long latest = latest(chain);
    long first = subscriptions.stream().mapToLong(Subscription::next).min().orElse(latest + 1);
    if (first > latest) {
      return;
    }
    if (latest - first >= RpcLimit.RPC_NOTIFICATIONS_WAITING_MAX.value()) {
      cut(to);
      return;
    }
    for (long number = first; number <= latest; number++) {
      ChainBlock block = chain.block(number).orElseThrow();
      List<byte[]> news = new ArrayList<>();
      for (Subscription each : subscriptions) {
        if (each.next() <= number) {
          RpcConnection.committed(each.id(), each.topic(), block, news);
        }
      }
      for (byte[] message : news) {
        if (!send(to, message)) {
          return;
        }
      }
    }
    held.told(to, subscriptions, latest + 1);
  }

  /** The last block: what another process has just made is not shown at once. */
  private long latest(Chain chain) {
    long stored = entries.applyAsLong(chain.facts().ledger()) - 1;
    long end = clock.millis() + PATIENCE_MILLIS;
    long latest = chain.latest().number();
    while (latest < stored && clock.millis() < end) {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return latest;
      }
      latest = chain.latest().number();
    }
    return latest;
  }

  /** Whether the connection goes on. */
  private boolean send(Held to, byte[] message) {
    try {
      if (message.length > RpcLimit.RPC_GATEWAY_MESSAGE_BYTES_MAX.value()) {
        cut(to);
        return false;
      }
      if (gateway.send(to.id(), message)) {
        return true;
      }
      held.forget(to.ledger(), to.id());
      return false;
    } catch (GatewayUnavailableException e) {
      LOG.log(System.Logger.Level.WARNING, "a connection cannot be told, and is cut off", e);
      cut(to);
      return false;
    }
  }

  private void cut(Held connection) {
    held.forget(connection.ledger(), connection.id());
    gateway.cut(connection.id());
  }

  /** What one message subscribes to; it is kept when its answer was sent. */
  private final class Asking implements Subscriptions {
    private final Held from;
    private final long next;
    private final List<Subscription> wanted = new ArrayList<>();

    Asking(Held from, long next) {
      this.from = from;
      this.next = next;
    }

    @Override
    public synchronized String add(Topic topic) {
      if (topic instanceof Topic.Pending) {
        throw RpcError.of(
                RpcError.METHOD_NOT_FOUND, "newPendingTransactions are not told over this gateway")
            .exception();
      }
      if (held.of(from).size() + wanted.size() >= RpcLimit.RPC_SUBSCRIPTIONS_MAX.value()) {
        throw RpcError.limit(RpcLimit.RPC_SUBSCRIPTIONS_MAX, "too many subscriptions").exception();
      }
      String id = Hex.quantity(random.nextLong());
      wanted.add(new Subscription(from.id(), id, topic, next));
      return id;
    }

    @Override
    public synchronized boolean remove(String id) {
      return wanted.removeIf(each -> each.id().equals(id)) || held.unsubscribe(from, id);
    }
  }
}
