package io.mooring.harness;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What functions are told where no local stack tells them: one deployment, for one test. */
final class Settings {
  static final String OPERATOR_KEY = "mk_operator_" + "0123456789abcdef".repeat(4);

  private static final String URL = "http://127.0.0.1";

  private Settings() {}

  static Map<String, String> over(Map<String, String> engines, Path folder) {
    Map<String, String> told = new HashMap<>(engines);
    told.put("mooring.stores.create", "true");
    told.put("mooring.secrets.folder", folder.resolve("secrets").toString());
    told.put("mooring.identity.issuer", URL);
    told.put("mooring.identity.audience", URL);
    told.put("mooring.identity.token-seconds", "900");
    told.put("mooring.identity.operator-key", OPERATOR_KEY);
    told.put("quarkus.log.console.json.enabled", "false");
    return told;
  }
}
