package io.mooring.iac;

import java.util.List;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.services.budgets.CfnBudget;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** The budget of a month: told at four fifths of it, and when the forecast is above it. */
final class Spending extends Construct {
  private static final int UNASKED_DOLLARS = 200;
  private static final int TOLD_AT_PERCENT = 80;
  private static final int FORECAST_PERCENT = 100;

  Spending(Construct scope, Keys keys, Topic people) {
    super(scope, "Spending");
    people.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .principals(List.of(new ServicePrincipal("budgets.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(people.getTopicArn()))
            .build());
    keys.of(Keys.Purpose.MESSAGES)
        .addToResourcePolicy(
            PolicyStatement.Builder.create()
                .principals(List.of(new ServicePrincipal("budgets.amazonaws.com")))
                .actions(List.of("kms:GenerateDataKey*", "kms:Decrypt"))
                .resources(List.of("*"))
                .build());
    CfnParameter dollars =
        CfnParameter.Builder.create(this, "Dollars")
            .type("Number")
            .defaultValue(UNASKED_DOLLARS)
            .description("what a month may cost")
            .build();
    CfnBudget.Builder.create(this, "Month")
        .budget(
            CfnBudget.BudgetDataProperty.builder()
                .budgetName("mooring")
                .budgetType("COST")
                .timeUnit("MONTHLY")
                .budgetLimit(
                    CfnBudget.SpendProperty.builder()
                        .amount(dollars.getValueAsNumber())
                        .unit("USD")
                        .build())
                .build())
        .notificationsWithSubscribers(
            List.of(
                told("ACTUAL", TOLD_AT_PERCENT, people),
                told("FORECASTED", FORECAST_PERCENT, people)))
        .build();
  }

  private static CfnBudget.NotificationWithSubscribersProperty told(
      String type, int percent, Topic people) {
    return CfnBudget.NotificationWithSubscribersProperty.builder()
        .notification(
            CfnBudget.NotificationProperty.builder()
                .notificationType(type)
                .comparisonOperator("GREATER_THAN")
                .threshold(percent)
                .thresholdType("PERCENTAGE")
                .build())
        .subscribers(
            List.of(
                CfnBudget.SubscriberProperty.builder()
                    .subscriptionType("SNS")
                    .address(people.getTopicArn())
                    .build()))
        .build();
  }
}
