package io.mooring.api.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What stands in the artifact below {@code docs/}: the OpenAPI document and the pages. */
final class DocsFiles {
  static final String CONTRACT = "openapi.yaml";

  private DocsFiles() {}

  static JsonNode contract() {
    try {
      return new ObjectMapper(new YAMLFactory()).readTree(required(CONTRACT));
    } catch (IOException e) {
      throw new UncheckedIOException("the contract is no YAML", e);
    }
  }

  static byte[] required(String name) {
    return resource(name)
        .orElseThrow(() -> new IllegalStateException("docs/" + name + " is not in the artifact"));
  }

  static Optional<byte[]> resource(String name) {
    try (InputStream stream = DocsFiles.class.getResourceAsStream("/docs/" + name)) {
      return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read docs/" + name, e);
    }
  }
}
