package io.mooring.iac;

import java.util.List;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iot.CfnTopicRule;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Permission;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.constructs.Construct;

/** IoT Core's rule: what is published for a ledger goes to the function that appends it. */
final class Devices extends Construct {
  static final String SQL =
      "SELECT encode(*, 'base64') AS payload, topic() AS topic, principal() AS principal,"
          + " traceid() AS trace, clientid() AS client, timestamp() AS received"
          + " FROM 't/+/l/+/#'";

  /** Lambda's most. What fails so often may still succeed, and a person can send it again. */
  private static final int REPETITIONS = 2;

  private static final String SQL_VERSION = "2016-03-23";

  Devices(Construct scope, Functions functions, Queues queues) {
    super(scope, "Devices");
    Function readings = functions.of(Deployable.READINGS);
    readings.configureAsyncInvoke(
        EventInvokeConfigOptions.builder()
            .retryAttempts(REPETITIONS)
            .onFailure(new SqsDestination(queues.eventsDead()))
            .build());
    Role role =
        Role.Builder.create(this, "Undelivered")
            .assumedBy(new ServicePrincipal("iot.amazonaws.com"))
            .build();
    queues.eventsDead().grantSendMessages(role);
    CfnTopicRule rule =
        CfnTopicRule.Builder.create(this, "Readings")
            .ruleName("mooring_readings")
            .topicRulePayload(
                CfnTopicRule.TopicRulePayloadProperty.builder()
                    .sql(SQL)
                    .awsIotSqlVersion(SQL_VERSION)
                    .actions(
                        List.of(
                            CfnTopicRule.ActionProperty.builder()
                                .lambda(
                                    CfnTopicRule.LambdaActionProperty.builder()
                                        .functionArn(readings.getFunctionArn())
                                        .build())
                                .build()))
                    .errorAction(
                        CfnTopicRule.ActionProperty.builder()
                            .sqs(
                                CfnTopicRule.SqsActionProperty.builder()
                                    .queueUrl(queues.eventsDead().getQueueUrl())
                                    .roleArn(role.getRoleArn())
                                    .useBase64(false)
                                    .build())
                            .build())
                    .build())
            .build();
    readings.addPermission(
        "iot",
        Permission.builder()
            .principal(new ServicePrincipal("iot.amazonaws.com"))
            .sourceArn(rule.getAttrArn())
            .build());
  }
}
