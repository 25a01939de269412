package io.mooring.platform.commit.sqs;

import io.mooring.platform.table.StoreUnavailableException;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * A queue of what can never be dealt with, each with the reason as the attribute {@code reason}; a
 * person looks at it.
 *
 * <p><b>Trust:</b> whoever reads it sees what was refused. <b>Loss:</b> nobody learns what was
 * refused, and why.
 */
public final class DeadLetters {
  static final int REASON_CHARS_MAX = 1_000;

  private static final String REASON = "reason";

  private final SqsClient client;
  private final String queue;

  /** Takes the address of the queue. */
  public DeadLetters(SqsClient client, String queue) {
    this.client = client;
    this.queue = queue;
  }

  public void keep(String body, String reason) {
    MessageAttributeValue attribute =
        MessageAttributeValue.builder().dataType("String").stringValue(carried(reason)).build();
    try {
      client.sendMessage(
          send ->
              send.queueUrl(queue)
                  .messageBody(body)
                  .messageAttributes(Map.of(REASON, attribute))
                  .overrideConfiguration(SqsIntake.within(0)));
    } catch (SdkException e) {
      throw new StoreUnavailableException("SQS failed", e);
    }
  }

  /** SQS refuses what XML cannot carry, and an attribute without a value. */
  private static String carried(String reason) {
    String printable = reason.replaceAll("[^ -~]", "?");
    return printable.isEmpty()
        ? "unknown"
        : printable.substring(0, Math.min(printable.length(), REASON_CHARS_MAX));
  }
}
