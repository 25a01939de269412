package io.mooring.contracts.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mooring.contracts.abi.AbiRefused.What;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AbiTest {
  private static final String WORD = "0".repeat(64);

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  private static final Abi TOKEN =
      Abi.parse(
          json(
              """
              [{'type':'constructor','inputs':[{'name':'supply','type':'uint256'}]},
               {'type':'function','name':'transfer','stateMutability':'nonpayable',
                'inputs':[{'name':'to','type':'address'},{'name':'amount','type':'uint256'}],
                'outputs':[{'name':'','type':'bool'}]},
               {'type':'function','name':'transfer','stateMutability':'nonpayable',
                'inputs':[{'name':'to','type':'address'}],'outputs':[]},
               {'name':'old','constant':true,'inputs':[],'outputs':[{'name':'a','type':'uint8'},
                {'name':'b','type':'int64'}]},
               {'type':'event','name':'Transfer','inputs':[
                {'name':'from','type':'address','indexed':true},
                {'name':'to','type':'address','indexed':true},
                {'name':'memo','type':'string','indexed':true},
                {'name':'amount','type':'uint256'}]},
               {'type':'error','name':'Lacks','inputs':[{'name':'what','type':'tuple',
                'components':[{'name':'id','type':'uint48'}]}]},
               {'type':'fallback','stateMutability':'payable'}]"""));

  @Test
  void aFunctionIsFoundByItsNameOrItsWholeSignature() {
    assertEquals(2, TOKEN.functions("transfer").size());
    AbiItem.Function function = TOKEN.functions("transfer(address,uint256)").getFirst();
    assertEquals("a9059cbb", HexFormat.of().formatHex(function.selector()));
    assertEquals(List.of(), TOKEN.functions("transfer(uint256)"));
    assertTrue(TOKEN.functions("old").getFirst().mutability().reads());
  }

  @Test
  void argumentsComeAsAListOrByName() {
    AbiItem.Function function = TOKEN.functions("transfer(address,uint256)").getFirst();
    String to = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    byte[] list = AbiEncoder.call(function, json("['" + to + "','12']"));
    byte[] named = AbiEncoder.call(function, json("{'amount':'0xc','to':'" + to + "'}"));
    assertEquals(HexFormat.of().formatHex(list), HexFormat.of().formatHex(named));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(uint8)      | [256]             | arguments[0] is a number from 0 to 2^8 - 1",
        "(uint8)      | [-1]              | arguments[0] is a number from 0 to 2^8 - 1",
        "(int8)       | [128]             | arguments[0] is a number from -2^7 to 2^7 - 1",
        "(uint256)    | ['01']            | arguments[0] is a whole number",
        "(uint256)    | [1.5]             | arguments[0] is a whole number",
        "(uint256)    | ['1e3']           | arguments[0] is a whole number",
        "(uint256)    | [true]            | arguments[0] is a whole number",
        "(bool)       | ['true']          | arguments[0] is true or false",
        "(bool)       | [1]               | arguments[0] is true or false",
        "(address)    | ['0x00']          | arguments[0] has 1 bytes and not 20",
        "(bytes)      | ['00']            | arguments[0] is hexadecimal behind 0x",
        "(bytes)      | ['0x0']           | arguments[0] is hexadecimal, two digits a byte",
        "(bytes4)     | ['0x000000']      | arguments[0] has 3 bytes and not 4",
        "(string)     | [7]               | arguments[0] is a text",
        "(uint8[2])   | [[1]]             | arguments[0] has 1 values and not 2",
        "(uint8[])    | [1]               | arguments[0] is a list",
        "(uint8,bool) | [1]               | arguments has 1 values and not 2: it is (uint8,bool)",
        "(uint8)      | {'a':1}           | arguments is a list of 1",
        "((uint8)[])  | [[['a']]]         | arguments[0][0][0] is a whole number",
      })
  void whatDoesNotFitIsRefusedWithItsPlace(String type, String arguments, String words) {
    AbiRefused refused =
        assertThrows(
            AbiRefused.class, () -> AbiEncoder.encode(TypeText.parameters(type), json(arguments)));
    assertEquals(What.VALUE, refused.what());
    assertTrue(refused.words().startsWith(words), refused.words());
  }

  @Test
  void anAddressWithAWrongChecksumIsRefused() {
    AbiRefused refused =
        assertThrows(
            AbiRefused.class,
            () ->
                AbiEncoder.encode(
                    TypeText.parameters("(address)"),
                    json("['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed']")));
    assertEquals("arguments[0] is an address whose checksum does not hold", refused.words());
  }

  static Stream<Arguments> bentEncodings() {
    return Stream.of(
        Arguments.argumentSet("short", "(uint256)", "00"),
        Arguments.argumentSet("wide number", "(uint8)", "1" + WORD.substring(1)),
        Arguments.argumentSet("wide negative", "(int8)", WORD.substring(2) + "80"),
        Arguments.argumentSet("no bool", "(bool)", WORD.substring(1) + "2"),
        Arguments.argumentSet("no address", "(address)", "f".repeat(64)),
        Arguments.argumentSet("bytes4 not filled up", "(bytes4)", "f".repeat(64)),
        Arguments.argumentSet("an offset beyond", "(bytes)", WORD.substring(2) + "60"),
        Arguments.argumentSet("a huge offset", "(bytes)", "f".repeat(64)),
        Arguments.argumentSet(
            "a length beyond", "(bytes)", WORD.substring(2) + "20" + WORD.substring(2) + "01"),
        Arguments.argumentSet(
            "no UTF-8", "(string)", WORD.substring(2) + "20" + WORD.substring(2) + "01ff" + WORD));
  }

  @ParameterizedTest
  @MethodSource("bentEncodings")
  void bytesThatNoContractSaysAreRefused(String type, String data) {
    AbiRefused refused =
        assertThrows(
            AbiRefused.class,
            () -> AbiDecoder.decode(TypeText.parameters(type), HexFormat.of().parseHex(data)));
    assertEquals(What.ENCODING, refused.what());
  }

  @Test
  void fewBytesThatSayManyValuesAreRefused() {
    // Thirty offsets of each list lead to the one list that follows it.
    String count = WORD.substring(2) + "1e";
    String next = WORD.substring(3) + "3c0";
    String list = count + String.join("", Collections.nCopies(30, next));
    String data = WORD.substring(2) + "20" + list.repeat(6) + WORD;
    AbiRefused bomb =
        assertThrows(
            AbiRefused.class,
            () ->
                AbiDecoder.decode(
                    TypeText.parameters("(uint8" + "[]".repeat(7) + ")"),
                    HexFormat.of().parseHex(data)));
    assertTrue(bomb.words().contains("100000 values"), bomb.words());
    String many = "(uint8[3000][3000])";
    AbiRefused refused =
        assertThrows(
            AbiRefused.class,
            () -> AbiDecoder.decode(TypeText.parameters("(()[100001])"), new byte[0]));
    assertTrue(refused.words().contains("100000 values"), refused.words());
    assertThrows(AbiRefused.class, () -> TypeText.parameters(many));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[{'type':'function'}]",
        "[{'type':'function','name':'a b'}]",
        "[{'type':'wonder','name':'a'}]",
        "[{'type':'function','name':'a','inputs':7}]",
        "[{'type':'function','name':'a','inputs':[{'type':'uint7'}]}]",
        "[{'type':'function','name':'a','inputs':[{'type':'uint264'}]}]",
        "[{'type':'function','name':'a','inputs':[{'type':'bytes33'}]}]",
        "[{'type':'function','name':'a','inputs':[{'type':'fixed128x18'}]}]",
        "[{'type':'function','name':'a','inputs':[{'type':'tuple'}]}]",
        "[{'type':'function','name':'a','inputs':[{'type':'uint8[99999999]'}]}]",
        "[{'type':'function','name':'a','inputs':[{'type':'uint8[][][][][][][][][][][][][][][][][]'}]}]",
        "[{'type':'function','name':'a','stateMutability':'maybe'}]",
      })
  void whatIsNoAbiIsRefused(String abi) {
    AbiRefused refused = assertThrows(AbiRefused.class, () -> Abi.parse(json(abi)));
    assertEquals(What.ABI, refused.what());
  }

  @Test
  void resultsAreTheValueOrAllOfThem() {
    AbiItem.Function old = TOKEN.functions("old").getFirst();
    String five = WORD.substring(1) + "5";
    byte[] data = HexFormat.of().parseHex(five + "f".repeat(64));
    assertEquals("{\"a\":5,\"b\":\"-1\"}", AbiDecoder.result(old.outputs(), data).toString());
    AbiItem.Function transfer = TOKEN.functions("transfer(address,uint256)").getFirst();
    byte[] yes = HexFormat.of().parseHex(WORD.substring(1) + "1");
    assertEquals(json("true"), AbiDecoder.result(transfer.outputs(), yes));
    AbiItem.Function nothing = TOKEN.functions("transfer(address)").getFirst();
    assertTrue(AbiDecoder.result(nothing.outputs(), new byte[0]).isNull());
  }

  @Test
  void anEventTellsWhatIsIndexedToo() {
    AbiItem.Event event = TOKEN.events("Transfer").getFirst();
    Hash who = Hash.fromHex("0x" + WORD.substring(40) + "00".repeat(20).substring(0, 40));
    Hash memo = Hash.keccak(new byte[] {1});
    Log log =
        new Log(
            Address.ZERO,
            List.of(event.signatureHash(), who, who, memo),
            HexFormat.of().parseHex(WORD.substring(1) + "7"));
    assertEquals(event, TOKEN.event(log.topics()).orElseThrow());
    JsonNode told = AbiDecoder.event(event, log);
    assertEquals("7", told.get("amount").asText());
    assertEquals("0x0000000000000000000000000000000000000000", told.get("from").asText());
    assertEquals(memo.toString(), told.at("/memo/keccak256").asText());
    assertTrue(TOKEN.event(log.topics().subList(0, 2)).isEmpty());
  }

  @Test
  void errorsAreTheContractsAndSoliditys() {
    AbiItem.Error lacks = TOKEN.errors().getFirst();
    byte[] data =
        HexFormat.of()
            .parseHex(HexFormat.of().formatHex(lacks.selector()) + WORD.substring(2) + "2a");
    assertEquals(lacks, TOKEN.error(data).orElseThrow());
    assertEquals("{\"what\":{\"id\":42}}", AbiDecoder.error(lacks, data).toString());
    byte[] panic = HexFormat.of().parseHex("4e487b71" + WORD.substring(2) + "11");
    AbiItem.Error known = TOKEN.error(panic).orElseThrow();
    assertEquals("Panic(uint256)", known.signature());
    assertEquals(json("['17']"), AbiDecoder.error(known, panic));
    assertTrue(TOKEN.error(new byte[] {1, 2, 3}).isEmpty());
  }
}
