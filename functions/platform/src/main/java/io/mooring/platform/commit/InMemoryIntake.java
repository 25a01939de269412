package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An intake in memory, for tests, the simulator and benchmarks; {@code make up} needs none. */
public final class InMemoryIntake implements Intake {
  /** How long a message is somebody's before it is given to somebody else. */
  public static final long VISIBILITY_MILLIS = 30_000;

  private final Pace pace;
  private final long visibilityMillis;
  private final Map<String, Message> messages = new LinkedHashMap<>();
  private final Map<String, String> parked = new LinkedHashMap<>();
  private final List<Pace.Gate> waiting = new ArrayList<>();
  private long sent;

  public InMemoryIntake(Pace pace) {
    this(pace, VISIBILITY_MILLIS);
  }

  InMemoryIntake(Pace pace, long visibilityMillis) {
    this.pace = pace;
    this.visibilityMillis = visibilityMillis;
  }

  private static final class Message {
    private final byte[] bytes;
    private long hiddenUntil = Long.MIN_VALUE;
    private int times;

    Message(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  @Override
  public synchronized void send(LedgerId ledger, byte[] message) {
    if (message.length > MESSAGE_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a message has at most " + MESSAGE_BYTES_MAX + " bytes: " + message.length);
    }
    messages.put("m" + sent++, new Message(message.clone()));
    waiting.forEach(Pace.Gate::open);
    waiting.clear();
  }

  @Override
  public List<Delivery> receive(int most, long waitMillis) {
    List<Delivery> visible = visible(most);
    if (visible.isEmpty()) {
      Pace.Gate sent = pace.gate();
      openWhenSent(sent);
      sent.await(waitMillis);
      visible = visible(most);
    }
    return visible;
  }

  private synchronized void openWhenSent(Pace.Gate gate) {
    waiting.add(gate);
  }

  private synchronized List<Delivery> visible(int most) {
    long now = pace.steadyMillis();
    List<Delivery> visible = new ArrayList<>();
    for (Map.Entry<String, Message> entry : messages.entrySet()) {
      Message message = entry.getValue();
      if (visible.size() < most && message.hiddenUntil <= now) {
        message.hiddenUntil = now + visibilityMillis;
        message.times++;
        visible.add(new Delivery(entry.getKey(), message.bytes.clone(), message.times));
      }
    }
    return visible;
  }

  @Override
  public synchronized void done(List<Delivery> deliveries) {
    deliveries.forEach(delivery -> messages.remove(delivery.handle()));
  }

  @Override
  public synchronized void park(Delivery delivery, String reason) {
    if (messages.remove(delivery.handle()) != null) {
      parked.put(delivery.handle(), reason);
    }
  }

  /** Why messages were put aside. */
  public synchronized List<String> parkedReasons() {
    return List.copyOf(parked.values());
  }

  public synchronized int size() {
    return messages.size();
  }
}
