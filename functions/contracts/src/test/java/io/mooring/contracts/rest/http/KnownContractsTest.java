package io.mooring.contracts.rest.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.contracts.abi.AbiEncoder;
import io.mooring.contracts.rest.Artifact;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.crypto.Signature;
import io.mooring.platform.testing.Client;
import io.mooring.platform.testing.Client.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Contracts that everybody knows, compiled from their published sources ({@code
 * contracts/compile.js}), driven through their main paths.
 */
@QuarkusTest
class KnownContractsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOBODY = "0x0000000000000000000000000000000000000000";
  private static final String BOB = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
  private static final byte[] OWNER_KEY = Arrays.copyOf(new byte[] {7}, 32);
  private static final int V = 27;

  @TestHTTPResource("/")
  URI server;

  private Client acme;
  private String chain;
  private String sender;

  @BeforeEach
  void make() {
    String tenant = "ten_" + UUID.randomUUID().toString().substring(0, 8);
    String scopes = " ledgers:read ledgers:write contracts:read contracts:write";
    acme = Client.of(server, tenant + scopes);
    sender = acme.post("/v1/held-keys", "").say("address");
    Reply made =
        acme.post(
            "/v1/ledgers",
            """
            {"name":"chain","kind":"evm","evm":{"alloc":{"%s":{"balance":"0xde0b6b3a7640000"}}}}\
            """
                .formatted(sender.toLowerCase(Locale.ROOT)));
    assertEquals(201, made.status(), made.text());
    chain = "/v1/ledgers/" + made.say("id");
  }

  // ---- how the tests talk ----

  private static ArrayNode list(Object... values) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Object value : values) {
      list.add(value instanceof JsonNode json ? json : JSON.valueToTree(value));
    }
    return list;
  }

  /** A contract of that name, described. */
  private record Deployed(String address, Artifact artifact) {
    byte[] call(String method, Object... arguments) {
      return AbiEncoder.call(artifact.abi().functions(method).getFirst(), list(arguments));
    }
  }

  private Deployed deploy(String name, Object... arguments) {
    Artifact artifact = Artifact.of(name);
    ObjectNode body = JSON.createObjectNode();
    body.put("name", name).put("bytecode", artifact.bytecode());
    body.set("abi", artifact.abiJson());
    body.set("arguments", list(arguments));
    Reply made = acme.post(chain + "/contracts", body.toString());
    assertEquals(201, made.status(), name + ": " + made.text());
    return new Deployed(made.say("address"), artifact);
  }

  /** Describes a contract that another contract has made. */
  private Deployed describe(String name, String address) {
    Artifact artifact = Artifact.of(name);
    ObjectNode body = JSON.createObjectNode().put("address", address);
    body.set("abi", artifact.abiJson());
    Reply made = acme.post(chain + "/contracts", body.toString());
    assertEquals(201, made.status(), name + ": " + made.text());
    return new Deployed(address, artifact);
  }

  private Reply ask(String how, Deployed contract, String method, ObjectNode body) {
    return acme.post(
        chain + "/contracts/" + contract.address() + "/" + how + "/" + method, body.toString());
  }

  private JsonNode call(Deployed contract, String method, Object... arguments) {
    ObjectNode body = JSON.createObjectNode();
    body.set("arguments", list(arguments));
    Reply reply = ask("call", contract, method, body);
    assertEquals(200, reply.status(), method + ": " + reply.text());
    return reply.json().get("result");
  }

  private JsonNode send(Deployed contract, String method, Object... arguments) {
    Reply reply = sent(sender, "0", contract, method, arguments);
    assertEquals(200, reply.status(), method + ": " + reply.text());
    return reply.json();
  }

  private Reply sent(
      String by, String value, Deployed contract, String method, Object... arguments) {
    ObjectNode body = JSON.createObjectNode().put("sender", by).put("value", value);
    body.set("arguments", list(arguments));
    return ask("send", contract, method, body);
  }

  /** The one event of that name that a transaction told. */
  private static JsonNode event(JsonNode transaction, String name) {
    for (JsonNode event : transaction.get("events")) {
      if (event.path("event").asText().equals(name)) {
        return event.get("arguments");
      }
    }
    throw new AssertionError("no " + name + " in " + transaction);
  }

  private static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(JsonNode hex) {
    return HexFormat.of().parseHex(hex.asText().substring(2));
  }

  private static String ownerAddress() {
    return Secp256k1.fastest().publicKey(OWNER_KEY).address().toString();
  }

  private static Signature signed(byte[] digest) {
    return Secp256k1.fastest().sign(digest, OWNER_KEY);
  }

  /** As contracts read it: r, s and v. */
  private static String packed(byte[] digest) {
    Signature signature = signed(digest);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(signature.r().bytes());
    bytes.writeBytes(signature.s().bytes());
    bytes.write(V + signature.yParity());
    return hex(bytes.toByteArray());
  }

  private static String word(long value) {
    return hex(U256.of(value).bytes());
  }

  // ---- what everybody does with them ----

  @Test
  void erc20() {
    Deployed token = deploy("Token20", "Token", "TKN", "1000");
    assertEquals("TKN", call(token, "symbol").asText());
    assertEquals(18, call(token, "decimals").asInt());

    JsonNode moved = event(send(token, "transfer", BOB, "100"), "Transfer");

    assertEquals("100", moved.get("value").asText());
    assertEquals("100", call(token, "balanceOf", BOB).asText());
    Reply tooMuch = sent(sender, "0", token, "transfer", BOB, "901");
    assertEquals(
        "ERC20InsufficientBalance(address,uint256,uint256)",
        tooMuch.json().at("/revert/signature").asText());
    assertEquals("900", tooMuch.json().at("/revert/arguments/balance").asText());

    String second = acme.post("/v1/held-keys", "").say("address");
    send(token, "approve", second, "50");
    assertEquals(200, sent(second, "0", token, "transferFrom", sender, BOB, "50").status());
    assertEquals("150", call(token, "balanceOf", BOB).asText());
    assertEquals("0", call(token, "allowance", sender, second).asText());

    permit(token, second);
  }

  /** EIP-2612: the owner signs, and somebody else sends the approval. */
  private void permit(Deployed token, String spender) {
    Address owner = Secp256k1.fastest().publicKey(OWNER_KEY).address();
    long deadline = 99_999_999_999L;
    String type =
        "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)";
    byte[] permit =
        Hash.keccak(
                joined(
                    Hash.keccak(type.getBytes(StandardCharsets.US_ASCII)).bytes(),
                    owner.word().bytes(),
                    Address.fromHex(spender.toLowerCase(Locale.ROOT)).word().bytes(),
                    U256.of(30).bytes(),
                    U256.ZERO.bytes(),
                    U256.of(deadline).bytes()))
            .bytes();
    byte[] domain = bytes(call(token, "DOMAIN_SEPARATOR"));
    Signature signature = signed(Hash.keccak(joined(new byte[] {0x19, 1}, domain, permit)).bytes());

    send(
        token,
        "permit",
        owner.toString(),
        spender,
        "30",
        Long.toString(deadline),
        V + signature.yParity(),
        hex(signature.r().bytes()),
        hex(signature.s().bytes()));

    assertEquals("30", call(token, "allowance", owner.toString(), spender).asText());
  }

  @Test
  void erc721() {
    Deployed token = deploy("Token721", "Deeds", "DEED");

    JsonNode minted = event(send(token, "mint", sender, "7", "ipfs://deed-7"), "Transfer");

    assertEquals(NOBODY, minted.get("from").asText());
    assertEquals("ipfs://deed-7", call(token, "tokenURI", "7").asText());
    send(token, "transferFrom", sender, BOB, "7");
    assertEquals(BOB, call(token, "ownerOf", "7").asText());
    assertEquals(
        "ERC721NonexistentToken(\"8\")",
        sent(sender, "0", token, "approve", BOB, "8").say("detail"));
    String second = acme.post("/v1/held-keys", "").say("address");
    assertEquals(
        "OwnableUnauthorizedAccount(address)",
        sent(second, "0", token, "mint", second, "9", "").json().at("/revert/signature").asText());
    assertTrue(call(token, "supportsInterface", "0x80ac58cd").asBoolean());
  }

  @Test
  void erc1155() {
    Deployed token = deploy("Token1155", "ipfs://{id}");

    JsonNode batch =
        event(send(token, "mint", sender, list("1", "2"), list("10", "20")), "TransferBatch");

    assertEquals("[\"10\",\"20\"]", batch.get("values").toString());
    JsonNode single =
        event(send(token, "safeTransferFrom", sender, BOB, "2", "5", "0x"), "TransferSingle");
    assertEquals("5", single.get("value").asText());
    assertEquals(
        "[\"10\",\"15\",\"5\"]",
        call(token, "balanceOfBatch", list(sender, sender, BOB), list("1", "2", "2")).toString());
    assertEquals(
        "ERC1155InsufficientBalance(address,uint256,uint256,uint256)",
        sent(sender, "0", token, "safeTransferFrom", sender, BOB, "1", "11", "0x")
            .json()
            .at("/revert/signature")
            .asText());
  }

  @Test
  void aPairOfUniswapV2() {
    Deployed factory = deploy("UniswapV2Factory", sender);
    Deployed one = deploy("Token20", "One", "ONE", "1000000");
    Deployed two = deploy("Token20", "Two", "TWO", "1000000");
    // Its last argument has no name, so they come as a list.
    JsonNode created =
        event(send(factory, "createPair", one.address(), two.address()), "PairCreated");
    Deployed pair = describe("UniswapV2Pair", created.get(2).asText());
    boolean inOrder = created.get(0).asText().equals(one.address());
    Deployed first = inOrder ? one : two;
    Deployed second = inOrder ? two : one;

    send(first, "transfer", pair.address(), "10000");
    send(second, "transfer", pair.address(), "40000");
    send(pair, "mint", sender);
    // The root of the product, less what nobody ever gets back.
    assertEquals("19000", call(pair, "balanceOf", sender).asText());

    send(first, "transfer", pair.address(), "1000");
    // 40000 * 1000 * 997 / (10000 * 1000 + 1000 * 997)
    assertEquals(
        "UniswapV2: K", sent(sender, "0", pair, "swap", "0", "3627", BOB, "0x").say("detail"));
    JsonNode swap = event(send(pair, "swap", "0", "3626", BOB, "0x"), "Swap");
    assertEquals("1000", swap.get("amount0In").asText());
    assertEquals("3626", call(second, "balanceOf", BOB).asText());
    JsonNode reserves = call(pair, "getReserves");
    assertEquals("11000", reserves.get("_reserve0").asText());
    assertEquals("36374", reserves.get("_reserve1").asText());

    send(pair, "transfer", pair.address(), "19000");
    JsonNode burnt = event(send(pair, "burn", BOB), "Burn");
    assertEquals("10450", burnt.get("amount0").asText());
    assertEquals("10450", call(first, "balanceOf", BOB).asText());
  }

  @Test
  void aSafe() {
    Deployed token = deploy("Token20", "Token", "TKN", "1000");
    Deployed singleton = deploy("Safe");
    Deployed factory = deploy("SafeProxyFactory");
    byte[] setup =
        singleton.call(
            "setup", list(ownerAddress()), "1", NOBODY, "0x", NOBODY, NOBODY, "0", NOBODY);
    JsonNode made =
        event(
            send(factory, "createProxyWithNonce", singleton.address(), hex(setup), "1"),
            "ProxyCreation");
    Deployed safe = describe("Safe", made.get("proxy").asText());
    assertTrue(call(safe, "isOwner", ownerAddress()).asBoolean());
    send(token, "transfer", safe.address(), "50");

    String transfer = hex(token.call("transfer", BOB, "20"));
    byte[] digest =
        bytes(
            call(
                safe,
                "getTransactionHash",
                token.address(),
                "0",
                transfer,
                0,
                "0",
                "0",
                "0",
                NOBODY,
                NOBODY,
                "0"));
    JsonNode executed =
        send(
            safe,
            "execTransaction",
            token.address(),
            "0",
            transfer,
            0,
            "0",
            "0",
            "0",
            NOBODY,
            NOBODY,
            packed(digest));

    assertEquals("0", event(executed, "ExecutionSuccess").get("payment").asText());
    assertEquals("20", call(token, "balanceOf", BOB).asText());
    assertEquals("1", call(safe, "nonce").asText());
    // The same signatures are good for one transaction.
    assertEquals(
        "GS026",
        sent(
                sender,
                "0",
                safe,
                "execTransaction",
                token.address(),
                "0",
                transfer,
                0,
                "0",
                "0",
                "0",
                NOBODY,
                NOBODY,
                packed(digest))
            .say("detail"));
  }

  @Test
  void anEntryPointOfErc4337() {
    Deployed entryPoint = deploy("EntryPoint");
    Deployed factory = deploy("SimpleAccountFactory", entryPoint.address());
    Deployed token = deploy("Token20", "Token", "TKN", "1000");
    String account = call(factory, "getAddress", ownerAddress(), "0").asText();
    send(token, "transfer", account, "50");
    assertEquals(
        200, sent(sender, "100000000000000000", entryPoint, "depositTo", account).status());

    // The account does not exist yet: its first operation makes it.
    String makes =
        factory.address() + hex(factory.call("createAccount", ownerAddress(), "0")).substring(2);
    byte[] execute =
        AbiEncoder.call(
            Artifact.of("SimpleAccount").abi().functions("execute").getFirst(),
            list(token.address(), "0", hex(token.call("transfer", BOB, "20"))));
    ObjectNode operation = JSON.createObjectNode();
    operation.put("sender", account).put("nonce", "0").put("initCode", makes);
    operation.put("callData", hex(execute));
    operation.put("accountGasLimits", "0x" + "0".repeat(26) + "0f4240" + "0".repeat(26) + "0f4240");
    operation.put("preVerificationGas", "50000");
    operation.put("gasFees", word(1));
    operation.put("paymasterAndData", "0x").put("signature", "0x");
    byte[] digest = bytes(call(entryPoint, "getUserOpHash", operation));
    Reply unsigned =
        sent(
            sender,
            "0",
            entryPoint,
            "handleOps",
            list(operation.deepCopy().put("signature", packed(new byte[32]))),
            BOB);
    assertEquals(
        "FailedOp(\"0\", \"AA24 signature error\")", unsigned.say("detail"), unsigned.text());
    operation.put("signature", packed(digest));

    JsonNode handled =
        event(send(entryPoint, "handleOps", list(operation), BOB), "UserOperationEvent");

    assertTrue(handled.get("success").asBoolean());
    assertEquals(account, handled.get("sender").asText());
    assertEquals("20", call(token, "balanceOf", BOB).asText());
    assertEquals("1", call(entryPoint, "getNonce", account, "0").asText());
    Deployed made = describe("SimpleAccount", account);
    assertEquals(ownerAddress(), call(made, "owner").asText().toLowerCase(Locale.ROOT));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
