package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import java.util.List;

/**
 * A queue in front of contended ledgers. It delivers at least once, in any order; nothing is
 * acknowledged to a caller because it is in here.
 *
 * <p><b>Trust:</b> whoever can write here can append to any ledger, so only committers may.
 *
 * <p><b>Loss:</b> what is lost here was never acknowledged; its author repeats it.
 */
public interface Intake {
  /** The longest message; as base64 it is 240 KiB, which every queue service takes. */
  int MESSAGE_BYTES_MAX = 180 * 1024;

  /** Throws {@link io.mooring.platform.table.StoreUnavailableException} when it is not certain. */
  void send(LedgerId ledger, byte[] message);

  /** Messages that nobody else is working on, after at most {@code waitMillis}; may be none. */
  List<Delivery> receive(int most, long waitMillis);

  /** The messages are dealt with. Whoever cannot note that throws, and they may come back. */
  void done(List<Delivery> deliveries);

  /** The message cannot be dealt with, ever: puts it aside for a person, with the reason. */
  void park(Delivery delivery, String reason);

  /** One message as it was delivered, and how often that has happened. */
  record Delivery(String handle, byte[] message, int times) {}
}
