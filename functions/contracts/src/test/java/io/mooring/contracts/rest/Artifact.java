package io.mooring.contracts.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mooring.contracts.abi.Abi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** A compiled contract, as it is kept in {@code contracts/artifacts}. */
public record Artifact(JsonNode json) {
  public static Artifact of(String name) {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(".mvn"))) {
      folder = folder.getParent();
    }
    try {
      return new Artifact(
          new ObjectMapper()
              .readTree(Files.readString(folder.resolve("contracts/artifacts/" + name + ".json"))));
    } catch (IOException e) {
      throw new UncheckedIOException("no artifact " + name, e);
    }
  }

  public JsonNode abiJson() {
    return json.get("abi");
  }

  public Abi abi() {
    return Abi.parse(abiJson());
  }

  public String bytecode() {
    return json.get("bytecode").asText();
  }

  public byte[] code() {
    return HexFormat.of().parseHex(bytecode().substring(2));
  }
}
