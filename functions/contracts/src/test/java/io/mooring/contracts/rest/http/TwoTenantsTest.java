package io.mooring.contracts.rest.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.mooring.evm.Address;
import io.mooring.evm.ContractAddress;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.platform.testing.Client;
import io.mooring.platform.testing.Client.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One sender on the chains of two tenants: the same addresses, and nothing else in common. */
@QuarkusTest
class TwoTenantsTest {
  private static final byte[] KEY = U256.of(7).bytes();
  private static final Address SENDER = Secp256k1.fastest().publicKey(KEY).address();

  /** Leaves code behind that stores what it is given in its slot 0. */
  private static final String STORING = "635f355f555f526004601cf3";

  /** Makes a contract of the init code that it is given, by CREATE2 with salt 0. */
  private static final String FACTORY = "365f5f37" + "5f365f5ff5" + "00";

  @TestHTTPResource("/")
  URI server;

  /** A tenant's chain, and how many transactions the sender has sent there. */
  private final class Site {
    final Client client;
    final String rpc;
    final long chainId;
    long nonce;

    Site() {
      String tenant = "ten_" + UUID.randomUUID().toString().substring(0, 8);
      client = Client.of(server, tenant + " ledgers:read ledgers:write contracts:write");
      Reply made = client.post("/v1/ledgers", "{\"name\":\"chain\",\"kind\":\"evm\"}");
      assertEquals(201, made.status(), made.text());
      rpc = "/v1/ledgers/" + made.say("id") + "/rpc";
      chainId = made.json().get("chainId").asLong();
    }

    String result(String method, String parameters) {
      Reply reply =
          client.post(
              rpc,
              "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[%s]}"
                  .formatted(method, parameters));
      assertEquals("", reply.json().path("error").path("message").asText(), reply.text());
      return reply.say("result");
    }

    void send(@Nullable Address to, String data) {
      Transaction content =
          new Transaction.DynamicFee(
              chainId,
              nonce++,
              U256.ZERO,
              U256.ZERO,
              1_000_000,
              to,
              U256.ZERO,
              HexFormat.of().parseHex(data),
              List.of());
      SignedTransaction signed =
          new SignedTransaction(
              content, Secp256k1.fastest().sign(content.signingHash().bytes(), KEY));
      result("eth_sendRawTransaction", "\"0x" + HexFormat.of().formatHex(signed.encode()) + "\"");
    }

    String code(Address address) {
      return result("eth_getCode", "\"" + address + "\",\"latest\"");
    }

    String slot(Address address) {
      return result("eth_getStorageAt", "\"" + address + "\",\"0x0\",\"latest\"");
    }
  }

  @Test
  void oneAddressOnTwoTenantsChainsIsTwoContracts() {
    Site acme = new Site();
    Site other = new Site();
    assertNotEquals(acme.chainId, other.chainId);
    Address factory = ContractAddress.of(SENDER, 0);
    Hash init = Hash.keccak(HexFormat.of().parseHex(STORING));
    Address made = ContractAddress.of(factory, U256.ZERO, init.bytes());
    String factoryInit = "61%04x80600a5f395ff3".formatted(FACTORY.length() / 2) + FACTORY;

    acme.send(null, factoryInit);
    acme.send(factory, STORING);
    acme.send(made, Hash.keccak(new byte[] {1}).toString().substring(2));

    assertNotEquals("0x", acme.code(made));
    assertEquals("0x", other.code(factory));
    assertEquals("0x", other.code(made), "another tenant's chain knows nothing of it");
    other.send(null, factoryInit);
    other.send(factory, STORING);
    assertEquals(acme.code(made), other.code(made));
    assertEquals("0x" + "0".repeat(64), other.slot(made));
    other.send(made, Hash.keccak(new byte[] {2}).toString().substring(2));

    assertEquals(Hash.keccak(new byte[] {1}).toString(), acme.slot(made));
    assertEquals(Hash.keccak(new byte[] {2}).toString(), other.slot(made));
  }
}
