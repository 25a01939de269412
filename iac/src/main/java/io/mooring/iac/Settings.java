package io.mooring.iac;

import java.util.Optional;
import software.constructs.Node;

/** What whoever deploys may choose, by {@code -c name=value}. */
record Settings(String domain, boolean isNative, boolean managedInstances) {
  private static final String UNSET = "mooring.invalid";

  static Settings of(Node node) {
    return new Settings(
        text(node, "domain").orElse(UNSET),
        text(node, "packaging").orElse("jvm").equals("native"),
        text(node, "computing").orElse("functions").equals("managed-instances"));
  }

  /** The name that tokens are issued by and for. */
  String publicUrl() {
    return "https://" + domain;
  }

  /** What every new ledger's origin begins with. */
  String origin() {
    return domain;
  }

  private static Optional<String> text(Node node, String name) {
    return Optional.ofNullable(node.tryGetContext(name)).map(Object::toString);
  }
}
