package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.ChainListener;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import io.mooring.evm.transaction.SignedTransaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One connection that stays: its requests, and what it subscribed to. Thread-safe.
 *
 * <p>What the chain tells waits in a bounded queue, from which one task at a time writes it as fast
 * as the client reads. A client that is slower than the chain for too long is cut off, with a close
 * code that says so: a gap in what it is told would be worse.
 */
public final class RpcConnection implements Subscriptions, ChainListener, AutoCloseable {
  /** The client reads too slowly; "try again later" (RFC 6455's registry). */
  public static final int CLOSED_FOR_SLOWNESS = 1013;

  /** The client sends more than it waits for; "policy violation". */
  public static final int CLOSED_FOR_POLICY = 1008;

  /** How many requests of a connection may be unanswered. */
  static final int UNANSWERED_MAX = RpcLimit.RPC_BATCH_REQUESTS_MAX.intValue();

  private final Dispatcher dispatcher;
  private final RpcSession session;
  private final Channel channel;
  private final Executor tasks;
  private final LongSupplier ids;

  private final Map<String, Topic> topics = new LinkedHashMap<>();
  private final ArrayDeque<Event> waiting = new ArrayDeque<>();
  private Optional<Chain.Subscription> listening = Optional.empty();
  private boolean writing;
  private boolean closed;
  private int unanswered;

  /** What carries the connection. */
  public interface Channel {
    /** Sends a message; waits while the client has not read those before. */
    void send(byte[] message) throws InterruptedException;

    void close(int code, String reason);
  }

  /** Something that happened on the chain. */
  private sealed interface Event {
    record Committed(ChainBlock block) implements Event {}

    record Sent(SignedTransaction transaction, Hash hash, Address sender) implements Event {}
  }

  /**
   * @param tasks runs each piece of work; it may wait in there
   * @param ids numbers that nobody guesses
   */
  public RpcConnection(
      Dispatcher dispatcher,
      RpcSession session,
      Channel channel,
      Executor tasks,
      LongSupplier ids) {
    this.dispatcher = dispatcher;
    this.session = session.with(this);
    this.channel = channel;
    this.tasks = tasks;
    this.ids = ids;
  }

  // ---- requests ----

  public void received(byte[] message) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (unanswered == UNANSWERED_MAX) {
        cut(CLOSED_FOR_POLICY, "more than " + UNANSWERED_MAX + " requests are unanswered");
        return;
      }
      unanswered++;
    }
    tasks.execute(
        () -> {
          try {
            byte[] answer = dispatcher.answer(message, session).join();
            if (answer.length > 0) {
              channel.send(answer);
            }
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          } finally {
            synchronized (this) {
              unanswered--;
            }
          }
        });
  }

  // ---- subscriptions ----

  @Override
  public synchronized String add(Topic topic) {
    if (topics.size() >= RpcLimit.RPC_SUBSCRIPTIONS_MAX.value()) {
      throw RpcError.limit(RpcLimit.RPC_SUBSCRIPTIONS_MAX, "too many subscriptions").exception();
    }
    String id = Hex.quantity(ids.getAsLong());
    topics.put(id, topic);
    if (listening.isEmpty() && !closed) {
      listening = Optional.of(session.chain().listen(this));
    }
    return id;
  }

  @Override
  public synchronized boolean remove(String id) {
    boolean there = topics.remove(id) != null;
    if (topics.isEmpty()) {
      stopListening();
    }
    return there;
  }

  private void stopListening() {
    listening.ifPresent(Chain.Subscription::close);
    listening = Optional.empty();
  }

  @Override
  public void committed(ChainBlock block) {
    happened(new Event.Committed(block));
  }

  @Override
  public void pending(SignedTransaction transaction, Hash hash, Address sender) {
    happened(new Event.Sent(transaction, hash, sender));
  }

  private synchronized void happened(Event event) {
    if (closed || topics.values().stream().noneMatch(topic -> isAbout(topic, event))) {
      return;
    }
    if (waiting.size() >= RpcLimit.RPC_NOTIFICATIONS_WAITING_MAX.value()) {
      cut(CLOSED_FOR_SLOWNESS, "more notifications wait than rpcNotificationsWaitingMax");
      return;
    }
    waiting.add(event);
    if (!writing) {
      writing = true;
      tasks.execute(this::write);
    }
  }

  private static boolean isAbout(Topic topic, Event event) {
    return switch (topic) {
      case Topic.NewHeads heads -> event instanceof Event.Committed;
      case Topic.Logs logs ->
          event instanceof Event.Committed(ChainBlock block)
              && logs.filter().mayLet(block.header().bloom());
      case Topic.Pending pending -> event instanceof Event.Sent;
    };
  }

  /** Writes what waits until nothing does. */
  private void write() {
    while (true) {
      Event event;
      Map<String, Topic> now;
      synchronized (this) {
        if (closed || waiting.isEmpty()) {
          writing = false;
          return;
        }
        event = waiting.remove();
        now = new LinkedHashMap<>(topics);
      }
      try {
        for (byte[] message : messages(event, now)) {
          channel.send(message);
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        cut(CLOSED_FOR_SLOWNESS, "the server stops");
      }
    }
  }

  private static List<byte[]> messages(Event event, Map<String, Topic> topics) {
    List<byte[]> messages = new ArrayList<>();
    topics.forEach(
        (id, topic) -> {
          switch (event) {
            case Event.Committed(ChainBlock block) -> committed(id, topic, block, messages);
            case Event.Sent sent -> {
              if (topic instanceof Topic.Pending(boolean whole)) {
                messages.add(message(id, out -> write(out, sent, whole)));
              }
            }
          }
        });
    return messages;
  }

  private static void write(JsonOutput out, Event.Sent sent, boolean whole) {
    if (whole) {
      TransactionJson.waiting(out, sent.transaction(), sent.hash(), sent.sender());
    } else {
      out.text(sent.hash().toString());
    }
  }

  /** What a subscription is told of a block. */
  static void committed(String id, Topic topic, ChainBlock block, List<byte[]> messages) {
    switch (topic) {
      case Topic.NewHeads heads ->
          messages.add(
              message(
                  id,
                  out -> {
                    out.startObject();
                    BlockJson.writeHeader(out, block.header(), block.hash());
                    out.endObject();
                  }));
      case Topic.Logs(var filter) -> {
        for (int i = 0; i < block.receipts().size(); i++) {
          int transaction = i;
          int index = block.firstLog(i);
          for (Log log : block.receipts().get(i).logs()) {
            int logIndex = index++;
            if (filter.lets(log)) {
              messages.add(
                  message(
                      id,
                      out -> LogJson.write(out, LogJson.found(block, transaction, log, logIndex))));
            }
          }
        }
      }
      case Topic.Pending pending -> {}
    }
  }

  private static byte[] message(String id, Consumer<JsonOutput> result) {
    JsonOutput out = new JsonOutput(RpcLimit.RPC_ANSWER_BYTES_MAX.value());
    out.startObject()
        .text("jsonrpc", "2.0")
        .text("method", "eth_subscription")
        .name("params")
        .startObject()
        .text("subscription", id)
        .name("result");
    result.accept(out);
    return out.endObject().endObject().toBytes();
  }

  // ---- the end ----

  private synchronized void cut(int code, String reason) {
    close();
    channel.close(code, reason);
  }

  /** The connection is gone, or shall be. */
  @Override
  public synchronized void close() {
    closed = true;
    topics.clear();
    waiting.clear();
    stopListening();
  }
}
