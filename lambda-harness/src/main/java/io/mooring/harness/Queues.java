package io.mooring.harness;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * An SQS server on loopback with the intake's two queues, and one for events that are refused; what
 * is in them ends with it.
 */
public final class Queues implements AutoCloseable {
  static final String INTAKE = "mooring-intake";
  static final String DEAD_LETTERS = "mooring-intake-dead";
  static final String EVENTS_DEAD = "mooring-events-dead";

  private static final String REGION = "us-east-1";
  private static final String KEY = "local";

  private final SQSRestServer server;
  private final URI endpoint;
  private final SqsClient client;
  private final String intake;
  private final String deadLetters;
  private final String eventsDead;

  private Queues(SQSRestServer server, String visibilitySeconds) {
    this.server = server;
    int port = server.waitUntilStarted().localAddress().getPort();
    this.endpoint = URI.create("http://127.0.0.1:" + port);
    this.client =
        SqsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.of(REGION))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    this.intake = queue(INTAKE, visibilitySeconds);
    this.deadLetters = queue(DEAD_LETTERS, visibilitySeconds);
    this.eventsDead = queue(EVENTS_DEAD, visibilitySeconds);
  }

  public static Queues started(int visibilitySeconds) {
    return new Queues(
        SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start(),
        Integer.toString(visibilitySeconds));
  }

  private String queue(String name, String visibilitySeconds) {
    return client
        .createQueue(
            create ->
                create
                    .queueName(name)
                    .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, visibilitySeconds)))
        .queueUrl();
  }

  /** What a function is told of them. */
  public Map<String, String> properties() {
    return Map.of(
        "quarkus.sqs.endpoint-override", endpoint.toString(),
        "quarkus.sqs.aws.region", REGION,
        "quarkus.sqs.aws.credentials.type", "static",
        "quarkus.sqs.aws.credentials.static-provider.access-key-id", KEY,
        "quarkus.sqs.aws.credentials.static-provider.secret-access-key", KEY,
        "mooring.stores.intake.queue", intake,
        "mooring.stores.intake.dead-letters", deadLetters,
        "mooring.readings.dead-letters", eventsDead);
  }

  public QueueSource source(Function function, int concurrency) {
    return new QueueSource(client, intake, function, concurrency);
  }

  /** Puts a text into the intake, as no committer would. */
  public void send(String text) {
    client.sendMessage(send -> send.queueUrl(intake).messageBody(text));
  }

  /** Why messages were put aside. */
  public List<String> reasons() {
    return reasons(received(deadLetters));
  }

  /** Why events were; each is told once. */
  public List<String> reasonsOfEvents() {
    List<Message> messages = received(eventsDead);
    messages.forEach(
        message ->
            client.deleteMessage(
                delete -> delete.queueUrl(eventsDead).receiptHandle(message.receiptHandle())));
    return reasons(messages);
  }

  private List<Message> received(String queue) {
    return client
        .receiveMessage(
            receive ->
                receive
                    .queueUrl(queue)
                    .maxNumberOfMessages(10)
                    .waitTimeSeconds(1)
                    .messageAttributeNames("All"))
        .messages();
  }

  private static List<String> reasons(List<Message> messages) {
    return messages.stream()
        .flatMap(message -> Stream.ofNullable(message.messageAttributes().get("reason")))
        .map(MessageAttributeValue::stringValue)
        .toList();
  }

  /** How many messages are in the intake, those that somebody works on among them. */
  public int waiting() {
    Map<QueueAttributeName, String> known =
        client
            .getQueueAttributes(get -> get.queueUrl(intake).attributeNames(QueueAttributeName.ALL))
            .attributes();
    return count(known, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
        + count(known, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
  }

  private static int count(Map<QueueAttributeName, String> known, QueueAttributeName name) {
    return Integer.parseInt(known.getOrDefault(name, "0"));
  }

  @Override
  public void close() {
    client.close();
    server.stopAndWait();
  }
}
