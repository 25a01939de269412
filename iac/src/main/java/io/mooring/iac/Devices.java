package io.mooring.iac;

import java.util.List;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iot.CfnTopicRule;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Permission;
import software.constructs.Construct;

/** IoT Core's rule: what devices publish goes to the function that commits readings. */
final class Devices extends Construct {
  static final String SQL =
      "SELECT encode(*, 'base64') AS payload, topic() AS topic, principal() AS principal,"
          + " clientid() AS client, timestamp() AS received FROM 'mooring/#'";
  private static final String SQL_VERSION = "2016-03-23";

  Devices(Construct scope, Functions functions, Queues queues) {
    super(scope, "Devices");
    Function readings = functions.of(Deployable.READINGS);
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
