package io.mooring.contracts.rest.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.contracts.rest.Artifact;
import io.mooring.evm.Address;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.platform.http.CostHeader;
import io.mooring.platform.testing.Client;
import io.mooring.platform.testing.Client.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What sending costs, as replies tell it, by JSON-RPC and by REST. */
@QuarkusTest
class CostsToldTest {
  private static final long TRANSFER_GAS = 21_000;

  @TestHTTPResource("/")
  URI server;

  private Client acme;
  private String chain;
  private long chainId;

  @BeforeEach
  void make() {
    String tenant = "ten_" + UUID.randomUUID().toString().substring(0, 8);
    acme = Client.of(server, tenant + " ledgers:read ledgers:write contracts:read contracts:write");
    Reply made = acme.post("/v1/ledgers", "{\"name\":\"chain\",\"kind\":\"evm\"}");
    assertEquals(201, made.status(), made.text());
    chain = "/v1/ledgers/" + made.say("id");
    chainId = made.json().get("chainId").asLong();
  }

  private SignedTransaction nothing(int key, long nonce) {
    Transaction content =
        new Transaction.DynamicFee(
            chainId,
            nonce,
            U256.ZERO,
            U256.ZERO,
            TRANSFER_GAS,
            Address.ZERO,
            U256.ZERO,
            new byte[0],
            List.of());
    return new SignedTransaction(
        content, Secp256k1.fastest().sign(content.signingHash().bytes(), U256.of(key).bytes()));
  }

  private static String request(SignedTransaction transaction) {
    return request(
        "eth_sendRawTransaction", "\"0x" + HexFormat.of().formatHex(transaction.encode()) + '"');
  }

  private static String request(String method, String parameters) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[%s]}"
        .formatted(method, parameters);
  }

  private static String cost(Reply reply) {
    return reply.header(CostHeader.NAME);
  }

  /** Units of CPC, units of ITC, and gas. */
  private static long[] amounts(Reply reply) {
    assertTrue(cost(reply).endsWith(", prices=test-1"), cost(reply));
    return Arrays.stream(cost(reply).split(", "))
        .limit(3)
        .mapToLong(part -> Long.parseLong(part.substring(part.indexOf('=') + 1)))
        .toArray();
  }

  private Reply asked(String hash) {
    Reply reply = acme.get(chain + "/transactions/" + hash);
    assertEquals(200, reply.status(), reply.text());
    return reply;
  }

  @Test
  void aTransactionIsChargedOnceAndItsRepetitionCostsNothing() {
    String request = request(nothing(7, 0));

    Reply sent = acme.post(chain + "/rpc", request);
    assertEquals(cost(asked(sent.say("result"))), cost(sent));
    assertEquals(TRANSFER_GAS, amounts(sent)[2]);
    assertTrue(amounts(sent)[0] > 0, cost(sent));

    Reply again = acme.post(chain + "/rpc", request);
    assertEquals("already known", again.json().at("/error/message").asText());
    assertEquals("cpc=0, itc=0, gas=0, prices=test-1", cost(again));
  }

  @Test
  void aBatchTellsTheSumAndWhatReadsTellsNothing() {
    SignedTransaction before = nothing(1, 0);
    acme.post(chain + "/rpc", request(before));
    List<SignedTransaction> all = List.of(nothing(1, 1), nothing(2, 0), nothing(3, 0));
    String batch =
        Stream.concat(
                Stream.of(request("eth_chainId", ""), request(before)),
                all.stream().map(CostsToldTest::request))
            .collect(Collectors.joining(",", "[", "]"));

    Reply sent = acme.post(chain + "/rpc", batch);

    long[] sum = new long[3];
    for (SignedTransaction one : all) {
      long[] each = amounts(asked(one.hash().toString()));
      Arrays.setAll(sum, i -> sum[i] + each[i]);
    }
    assertEquals(List.of(sum[0], sum[1], sum[2]), Arrays.stream(amounts(sent)).boxed().toList());
    assertEquals("", cost(acme.post(chain + "/rpc", request("eth_chainId", ""))));
  }

  @Test
  void whatAHeldKeySendsIsToldByEitherWay() {
    String from = acme.post("/v1/held-keys", "").say("address");
    Reply sent =
        acme.post(
            chain + "/rpc",
            request(
                "eth_sendTransaction",
                "{\"from\":\"%s\",\"to\":\"0x%040x\"}".formatted(from, 0x1234)));
    assertEquals(cost(asked(sent.say("result"))), cost(sent));

    Artifact pledges = Artifact.of("Pledges");
    Reply made =
        acme.post(
            chain + "/contracts",
            "{\"name\":\"pledges\",\"bytecode\":\"%s\",\"abi\":%s,\"arguments\":[\"10\"]}"
                .formatted(pledges.bytecode(), pledges.abiJson()));
    assertEquals(201, made.status(), made.text());
    assertEquals(made.json().at("/transaction/cost/cpc").asLong(), amounts(made)[0]);
    Reply set =
        acme.post(
            chain + "/contracts/" + made.say("address") + "/send/setLeast", "{\"arguments\":[3]}");
    assertEquals(200, set.status(), set.text());
    assertEquals(set.json().at("/cost/cpc").asLong(), amounts(set)[0]);
    assertEquals(set.json().at("/gasUsed").asLong(), amounts(set)[2]);
  }
}
