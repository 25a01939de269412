package io.mooring.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.identity.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoleTest {
  @ParameterizedTest
  @EnumSource(Role.class)
  void noRoleMakesAnOperator(Role role) {
    assertFalse(role.scopes().contains(Scope.OPERATOR));
    assertTrue(Role.OWNER.scopes().containsAll(role.scopes()));
    assertEquals(role, Role.of(role.word()).orElseThrow());
  }

  @Test
  void anAuditorReadsEverythingAndChangesNothing() {
    assertTrue(Role.AUDITOR.scopes().stream().allMatch(Scope::readsOnly));
    assertEquals(8, Role.AUDITOR.scopes().size());
  }

  @Test
  void aDeveloperNeitherGivesAccessNorSpends() {
    assertFalse(Role.DEVELOPER.scopes().contains(Scope.KEYS_WRITE));
    assertFalse(Role.DEVELOPER.scopes().contains(Scope.MEMBERS_WRITE));
    assertFalse(Role.DEVELOPER.scopes().contains(Scope.CREDITS_WRITE));
    assertFalse(Role.ADMIN.scopes().contains(Scope.CREDITS_WRITE));
  }
}
