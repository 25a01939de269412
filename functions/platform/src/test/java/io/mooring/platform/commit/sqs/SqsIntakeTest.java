package io.mooring.platform.commit.sqs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.aws.Wire;
import io.mooring.platform.commit.Intake;
import io.mooring.platform.commit.Intake.Delivery;
import io.mooring.platform.commit.IntakeContract;
import io.mooring.platform.table.StoreUnavailableException;
import io.mooring.platform.testing.Elsewhere;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class SqsIntakeTest extends IntakeContract {
  private static final LedgerId LEDGER = new LedgerId(new TenantId("ten_acme"), "led_shipments");
  private static final AtomicInteger QUEUES = new AtomicInteger();
  private static @Nullable SQSRestServer server;
  private static SqsClient client;

  private String deadLetters = "";

  @BeforeAll
  static void start() {
    URI endpoint = Elsewhere.endpoint().isPresent() ? Elsewhere.endpoint().get() : startServer();
    client =
        SqsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "secret")))
            .httpClientBuilder(Wire.builder())
            .build();
  }

  private static URI startServer() {
    server = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
    return URI.create("http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
  }

  @AfterAll
  static void stop() {
    client.close();
    if (server != null) {
      server.stopAndWait();
    }
  }

  @Override
  protected Intake fresh() {
    deadLetters = queue();
    return new SqsIntake(client, queue(), deadLetters);
  }

  private static String queue() {
    String name = Elsewhere.fresh("queue-" + QUEUES.incrementAndGet());
    String hidden = Long.toString(HIDDEN_MILLIS / 1_000);
    return client
        .createQueue(
            create ->
                create
                    .queueName(name)
                    .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, hidden)))
        .queueUrl();
  }

  @Override
  protected List<String> parkedReasons() {
    return deadLetters().stream()
        .map(letter -> letter.messageAttributes().get("reason").stringValue())
        .toList();
  }

  private List<Message> deadLetters() {
    return client
        .receiveMessage(
            receive ->
                receive
                    .queueUrl(deadLetters)
                    .maxNumberOfMessages(10)
                    .waitTimeSeconds(1)
                    .messageAttributeNames("All"))
        .messages();
  }

  @Test
  void aReasonIsCutAndFreedOfWhatSqsRefuses() {
    SqsIntake intake = (SqsIntake) fresh();
    intake.keepForAPerson(new Delivery("", new byte[] {1, 2}, 1), "\u0000é" + "x".repeat(5_000));
    Message letter = deadLetters().getFirst();
    String reason = letter.messageAttributes().get("reason").stringValue();
    assertEquals("??" + "x".repeat(DeadLetters.REASON_CHARS_MAX - 2), reason);
    assertArrayEquals(new byte[] {1, 2}, SqsIntake.message(letter.body()));
  }

  @Test
  void aTextThatIsNoMessageOfOursIsGivenAsItIs() {
    assertArrayEquals("not base64!".getBytes(), SqsIntake.message("not base64!"));
  }

  @Test
  void aQueueThatDoesNotAnswerIsUnavailableAndNotEmpty() {
    Intake nowhere = new SqsIntake(client, queue() + "-gone", queue());
    Delivery delivery = new Delivery("handle", new byte[1], 1);
    assertThrows(StoreUnavailableException.class, () -> nowhere.receive(1, 0));
    assertThrows(StoreUnavailableException.class, () -> nowhere.done(List.of(delivery)));
    assertThrows(StoreUnavailableException.class, () -> nowhere.send(LEDGER, new byte[1]));
  }
}
