package io.mooring.iac;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.SessionTagsPrincipal;
import software.constructs.Construct;

/** The role of somebody who looks into one tenant's items, in a session tagged with the tenant. */
final class Support extends Construct {
  private static final Duration SESSION = Duration.hours(1);

  Support(Construct scope, Functions.Stores stores) {
    super(scope, "Support");
    Role role =
        Role.Builder.create(this, "Role")
            .roleName("mooring-support")
            .description("reads the items of the tenant that the session is tagged with")
            .maxSessionDuration(SESSION)
            .assumedBy(
                new SessionTagsPrincipal(
                    new PrincipalWithConditions(
                        new AccountRootPrincipal(),
                        Map.of("StringLike", Map.of("aws:RequestTag/tenant", "ten_*")))))
            .build();
    role.addToPolicy(Permissions.readOfOneTenant(stores.tables().mooring().getTableArn()));
    role.addToPolicy(
        Permissions.useOfKey(
            stores.keys().of(Keys.Purpose.TABLE).getKeyArn(), List.of("dynamodb")));
  }
}
