package io.mooring.iac;

import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** The product on AWS, in one region of one account, as one stage has it. */
final class MooringStack extends Stack {
  MooringStack(Construct scope, Stage stage, Settings settings, Contract contract) {
    super(scope, stage.stackName(), properties(stage));
    Keys keys = new Keys(this, stage);
    Functions.Stores stores =
        new Functions.Stores(
            keys,
            new Tables(this, stage, keys),
            new Buckets(this, stage, keys),
            new Queues(this, keys));
    tell("Table", stores.tables().mooring().getTableName());
    tell("Objects", stores.buckets().objects().getBucketName());
    tell("Secrets", stores.buckets().secrets().getBucketName());
    tell("Intake", stores.queues().intake().getQueueUrl());
    if (stage.has(Part.SUPPORT)) {
      new Support(this, stores);
    }
    if (stage.has(Part.FUNCTIONS)) {
      serve(stage, settings, contract, stores);
    }
  }

  private void serve(Stage stage, Settings settings, Contract contract, Functions.Stores stores) {
    Functions functions = new Functions(this, stage, settings, stores);
    if (settings.managedInstances()) {
      new ManagedInstances(this, functions);
    }
    new Events(this, functions, stores);
    if (stage.has(Part.SCHEDULES)) {
      new Schedules(this, functions, stores.queues());
    }
    if (stage.has(Part.DEVICES)) {
      new Devices(this, functions, stores.queues());
    }
    if (stage.has(Part.SOCKET_GATE)) {
      new SocketGate(this, functions, stores);
    }
    if (!stage.has(Part.HTTP_GATE)) {
      return;
    }
    HttpGate gate = new HttpGate(this, stores.keys(), functions, contract);
    if (stage.has(Part.DISTRIBUTION)) {
      new Distribution(this, gate);
    }
    if (stage.has(Part.ALARMS)) {
      Alarms alarms = new Alarms(this, gate, functions, stores);
      if (stage.has(Part.BUDGET)) {
        new Spending(this, stores.keys(), alarms.people());
      }
    }
  }

  private void tell(String name, String value) {
    CfnOutput.Builder.create(this, name + "Name").value(value).build();
  }

  private static StackProps properties(Stage stage) {
    return StackProps.builder()
        .stackName(stage.stackName())
        .description("Mooring, stage " + stage.word())
        .terminationProtection(stage.kept())
        // Nothing of the stack needs what a bootstrap makes, unless packages are given as files.
        .synthesizer(
            DefaultStackSynthesizer.Builder.create().generateBootstrapVersionRule(false).build())
        .build();
  }
}
