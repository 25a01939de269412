package io.mooring.iac;

import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.Subnet;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CapacityProvider;
import software.amazon.awscdk.services.lambda.CapacityProviderFunctionOptions;
import software.constructs.Construct;

/**
 * The other way to run the functions that serve requests: on instances that Lambda manages, where
 * many requests share a process and so a commit.
 */
final class ManagedInstances extends Construct {
  /** Requests that one environment works on at once; each waits for the same commit. */
  static final int REQUESTS_AT_ONCE = 64;

  private static final int SUBNETS = 2;
  private static final int PROCESSORS_MAX = 32;
  private static final int GIBIBYTES_FOR_EACH_PROCESSOR = 2;

  ManagedInstances(Construct scope, Functions functions) {
    super(scope, "ManagedInstances");
    List<ISubnet> subnets =
        IntStream.rangeClosed(1, SUBNETS)
            .mapToObj(n -> "Subnet" + n)
            .map(name -> Subnet.fromSubnetId(this, name, parameter(name + "Id")))
            .toList();
    List<ISecurityGroup> group =
        List.of(
            SecurityGroup.fromSecurityGroupId(this, "SecurityGroup", parameter("SecurityGroupId")));
    CapacityProvider provider =
        CapacityProvider.Builder.create(this, "Provider")
            .capacityProviderName("mooring")
            .architectures(List.of(Architecture.ARM_64))
            .subnets(subnets)
            .securityGroups(group)
            .maxVCpuCount(PROCESSORS_MAX)
            .build();
    for (Deployable one : functions.all()) {
      if (one.artifact() == Deployable.Artifact.API) {
        provider.addFunction(
            functions.of(one),
            CapacityProviderFunctionOptions.builder()
                .executionEnvironmentMemoryGiBPerVCpu(GIBIBYTES_FOR_EACH_PROCESSOR)
                .perExecutionEnvironmentMaxConcurrency(REQUESTS_AT_ONCE)
                .publishToLatestPublished(true)
                .build());
      }
    }
  }

  private String parameter(String name) {
    return CfnParameter.Builder.create(this, name)
        .type("String")
        .description("where Lambda keeps its instances")
        .build()
        .getValueAsString();
  }
}
