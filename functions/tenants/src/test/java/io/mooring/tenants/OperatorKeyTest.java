package io.mooring.tenants;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorKeyTest {
  private static final String KEY = "mk_operator_" + "a".repeat(32);

  @Test
  void onlyTheConfiguredKeyIsTheOperators() {
    var operator = new OperatorKey(new FixedIdentity(Optional.of(KEY), 900));
    assertTrue(operator.judge(KEY).isPresent());
    assertTrue(operator.judge(KEY + "a").isEmpty());
    assertTrue(operator.judge("mk_operator_").isEmpty());
  }

  @Test
  void whereNoneIsConfiguredNobodyIsTheOperator() {
    assertTrue(new OperatorKey(new FixedIdentity(Optional.empty(), 900)).judge("").isEmpty());
    assertTrue(new OperatorKey(new FixedIdentity(Optional.empty(), 900)).judge(KEY).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"secret", "mk_operator_short", "mk_live_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
  void aWeakOperatorsKeyStopsTheStart(String weak) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new OperatorKey(new FixedIdentity(Optional.of(weak), 900)));
  }
}
