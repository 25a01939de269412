package io.mooring.evm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  /** A transfer of five wei, whose root was taken from go-ethereum's evm 1.17.10. */
  private static final String TRANSFER =
      """
      {"transfer": {
        "env": {"currentCoinbase": "0x00000000000000000000000000000000000000cc",
                "currentGasLimit": "0x1c9c380", "currentNumber": "0x1", "currentTimestamp": "0x3e8",
                "currentDifficulty": "0x0", "currentBaseFee": "0x7",
                "currentRandom": "0x0000000000000000000000000000000000000000000000000000000000000000",
                "currentExcessBlobGas": "0x0"},
        "pre": {"0xa94f5374fce5edbc8e2a8697c15331677e6ebf0b":
                 {"nonce": "0x0", "balance": "0xde0b6b3a7640000", "code": "0x", "storage": {}}},
        "transaction": {"data": ["0x"], "gasLimit": ["0x5208"], "value": ["0x5"], "nonce": "0x0",
                "gasPrice": "0xa", "to": "0x00000000000000000000000000000000000000dd",
                "sender": "0xa94f5374fce5edbc8e2a8697c15331677e6ebf0b"},
        "post": {"FORK": [{"indexes": {"data": 0, "gas": 0, "value": 0},
                "hash": "ROOT",
                "logs": "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347"}]}}}
      """;

  private static final String ROOT =
      "0xb3685166bcbc28f89429734b7ed1da44bd80e2ac9a2137bb17691d98877e7569";

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return Main.run(List.of(arguments), new PrintStream(out), new PrintStream(err));
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static String transfer(String fork, String root) {
    return TRANSFER.replace("FORK", fork).replace("ROOT", root);
  }

  @Test
  void saysAndExitsThatATestFails() throws IOException {
    Path test = file("test.json", transfer("Cancun", "0x" + "00".repeat(32)));
    assertEquals(Main.FAILED, run("statetest", test.toString()));
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("\"pass\":false"), out::toString);
    assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("0 passed, 1 failed, 0 skipped"));
  }

  @Test
  void passesATestOutOfAFileAFolderAndAZip() throws IOException {
    Path test = file("test.json", transfer("Cancun", ROOT));
    Path zip = folder.resolve("tests.zip");
    try (ZipOutputStream content = new ZipOutputStream(Files.newOutputStream(zip))) {
      content.putNextEntry(new ZipEntry("deep/test.json"));
      content.write(Files.readAllBytes(test));
    }
    assertEquals(
        Main.OK,
        run("statetest", test.toString(), folder.toString(), zip.toString()),
        err::toString);
    assertEquals(3, out.toString(StandardCharsets.UTF_8).lines().count());
  }

  @Test
  void saysOfEveryCaseItSkipsWhy() throws IOException {
    Path fork = file("fork.json", transfer("ShanghaiToCancunAtTime15k", ROOT));
    Path other = file("other.json", "{\"blocks\": {\"genesisRLP\": \"0x\"}}");
    assertEquals(Main.OK, run("statetest", fork.toString(), other.toString()));
    assertEquals(
        """
        {"name":"transfer","fork":"ShanghaiToCancunAtTime15k","pass":null,"skipped":true,\
        "error":"not a fork that we have: ShanghaiToCancunAtTime15k"}
        {"name":"%s:blocks","fork":"","pass":null,"skipped":true,"error":"not a state test"}
        """
            .formatted(other),
        out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void failsOnAFileThatIsNoJson() throws IOException {
    assertEquals(Main.FAILED, run("statetest", file("bad.json", "{\"a\": ").toString()));
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("cannot be read"), out::toString);
  }

  @Test
  void runsOnlyTheForkThatIsAskedForByAnyOfItsNames() throws IOException {
    Path test = file("test.json", transfer("Merge", ROOT));
    run("statetest", "--fork", "Cancun", test.toString());
    assertEquals("", out.toString(StandardCharsets.UTF_8));
    run("statetest", "--fork=Paris", test.toString());
    assertEquals(1, out.toString(StandardCharsets.UTF_8).lines().count());
  }

  @Test
  void tracesEachStepToStandardError() throws IOException {
    String test =
        transfer("Cancun", ROOT)
            .replace(
                "\"pre\": {",
                "\"pre\": {\"0x00000000000000000000000000000000000000dd\":"
                    + "{\"nonce\":\"0x1\",\"balance\":\"0x0\",\"code\":\"0x00\",\"storage\":{}},")
            .replace("0x5208", "0x5209");
    run("statetest", "--trace", file("test.json", test).toString());
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("\"opName\":\"STOP\""), err::toString);
  }

  @Test
  void runsCode() {
    assertEquals(Main.OK, run("run", "--code", "0x600160020160005260206000f3"));
    assertEquals("0x" + "00".repeat(31) + "03\n", out.toString(StandardCharsets.UTF_8));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("gas used 24"));
  }

  @Test
  void saysHowCodeHalted() {
    assertEquals(Main.FAILED, run("run", "--code=fe", "--gas=100", "--fork=Frontier"));
    assertTrue(
        err.toString(StandardCharsets.UTF_8).contains("HALTED INVALID_OPCODE"), err::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "statetest",
        "statetest no-such-file.json",
        "statetest --fork Atlantis .",
        "statetest --engine steam .",
        "statetest --colour .",
        "run --code 0x0g",
        "run",
        "run --code 00 11",
        "run --code 00 --gas much",
        "t8n --state.fork Atlantis"
      })
  void saysWhatIsWrongWithArguments(String arguments) {
    assertEquals(Main.MISUSED, run(arguments.split(" ")));
    assertTrue(err.size() > 0);
  }
}
