package io.mooring.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must be configured, or nothing starts. */
class IdentityConfigTest {
  private static final Map<String, String> REQUIRED =
      Map.of(
          "mooring.identity.issuer", "https://mooring.test",
          "mooring.identity.audience", "https://mooring.test/api",
          "mooring.identity.token-seconds", "900");

  @Test
  void theRestHasDefaultsThatAreSafe() {
    IdentityConfig config = config(REQUIRED);
    assertEquals(false, config.signUp());
    assertTrue(config.operatorKey().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mooring.identity.issuer",
        "mooring.identity.audience",
        "mooring.identity.token-seconds"
      })
  void withoutThisTheStartFails(String property) {
    var fewer = new HashMap<>(REQUIRED);
    fewer.remove(property);
    var failed = assertThrows(ConfigValidationException.class, () -> config(fewer));
    assertTrue(failed.getMessage().contains(property), failed.getMessage());
    fewer.put(property, "");
    assertThrows(RuntimeException.class, () -> config(fewer));
  }

  private static IdentityConfig config(Map<String, String> properties) {
    return new SmallRyeConfigBuilder()
        .withMapping(IdentityConfig.class)
        .withSources(new PropertiesConfigSource(properties, "test", 100))
        .build()
        .getConfigMapping(IdentityConfig.class);
  }
}
