package io.mooring.billing.payments;

import io.mooring.platform.problem.RefusedException;

/** Somebody who takes payments for the operator and tells of them by authenticated requests. */
public interface PaymentProvider {
  /** Its name in the names of purchases and in the journal. */
  String name();

  /**
   * Reads a request of the provider.
   *
   * @param signature the header in which the provider signs; empty where there was none
   * @param body the very bytes that were received
   * @throws RefusedException if it is not the provider's, or not in its format
   */
  PaymentEvent read(String signature, byte[] body);
}
