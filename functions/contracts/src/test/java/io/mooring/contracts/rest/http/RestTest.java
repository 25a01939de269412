package io.mooring.contracts.rest.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.contracts.abi.AbiEncoder;
import io.mooring.contracts.rest.Artifact;
import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.Hash;
import io.mooring.ledger.InclusionProof;
import io.mooring.ledger.note.VerifierKey;
import io.mooring.ledger.tlog.Policy;
import io.mooring.ledger.tlog.ProofFile;
import io.mooring.ledger.tlog.SignedCheckpoint;
import io.mooring.platform.testing.Client;
import io.mooring.platform.testing.Client.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RestTest {
  private static final Artifact PLEDGES = Artifact.of("Pledges");
  private static final String PLEDGE = "pledge(string,uint64)";

  @TestHTTPResource("/")
  URI server;

  private Client acme;
  private String chain;
  private String verifierKey;

  @BeforeEach
  void make() {
    String tenant = "ten_" + UUID.randomUUID().toString().substring(0, 8);
    String scopes = " ledgers:read ledgers:write contracts:read contracts:write";
    acme = Client.of(server, tenant + scopes);
    Reply made = acme.post("/v1/ledgers", "{\"name\":\"chain\",\"kind\":\"evm\"}");
    assertEquals(201, made.status(), made.text());
    chain = "/v1/ledgers/" + made.say("id");
    verifierKey = made.say("verifierKey");
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static ObjectNode description(String arguments) {
    try {
      ObjectNode body = new ObjectMapper().createObjectNode();
      body.put("name", "pledges").put("bytecode", PLEDGES.bytecode());
      body.set("abi", PLEDGES.abiJson());
      body.set("arguments", new ObjectMapper().readTree(json(arguments)));
      return body;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private Reply deploy() {
    Reply made = acme.post(chain + "/contracts", description("['10']").toString());
    assertEquals(201, made.status(), made.text());
    return made;
  }

  private String pledges() {
    return chain + "/contracts/" + deploy().say("address");
  }

  @Test
  void aContractIsMadeCalledAndChangedWithoutANonce() {
    Reply made = deploy();
    String contract = chain + "/contracts/" + made.say("address");
    assertTrue(made.header("Location").endsWith(contract), made.header("Location"));
    assertEquals("succeeded", made.json().at("/transaction/status").asText());

    Reply sent =
        acme.post(
            contract + "/send/" + PLEDGE, json("{'arguments':{'what':'a tree','amount':12}}"));

    assertEquals(200, sent.status(), sent.text());
    JsonNode event = sent.json().at("/events/0");
    assertEquals("Pledged", event.get("event").asText());
    assertEquals("a tree", event.at("/arguments/what").asText());
    assertEquals("0", event.at("/arguments/id").asText());
    assertEquals("12", event.at("/arguments/amount").asText());
    Reply got = acme.post(contract + "/call/get", json("{'arguments':['0']}"));
    assertEquals(200, got.status(), got.text());
    assertEquals("a tree", got.json().at("/result/what").asText());
    assertEquals(sent.say("sender"), got.json().at("/result/by").asText());
    Reply summary = acme.post(contract + "/call/summary", "{}");
    assertEquals("1", summary.json().at("/result/count").asText());
    assertEquals(made.say("address"), summary.json().at("/result/here").asText());
    Reply many =
        acme.post(
            contract + "/send/pledge((address,uint64,string)%5B%5D)",
            json(
                "{'arguments':[[{'by':'"
                    + made.say("address")
                    + "','amount':'0xb','what':'x'},['"
                    + made.say("address")
                    + "',99,'y']]]}"));
    assertEquals(2, many.json().get("events").size(), many.text());
  }

  @Test
  void whatAContractRefusesIsToldInItsOwnWords() {
    String contract = pledges();
    Reply refused =
        acme.post(contract + "/send/" + PLEDGE, json("{'arguments':['too little','7']}"));

    assertEquals(422, refused.status(), refused.text());
    assertEquals("ContractReverted", refused.say("code"));
    assertEquals("TooSmall(\"10\", \"7\")", refused.say("detail"));
    assertEquals("TooSmall(uint64,uint64)", refused.json().at("/revert/signature").asText());
    assertEquals("7", refused.json().at("/revert/arguments/given").asText());
    Reply panic = acme.post(contract + "/call/get", json("{'arguments':[3]}"));
    assertEquals("ContractReverted", panic.say("code"));
    assertEquals("Panic(uint256)", panic.json().at("/revert/signature").asText());
    Reply reason = acme.post(contract + "/send/pay", "{}");
    assertEquals("nothing was paid", reason.say("detail"));
    // Nothing of all that is on the chain.
    assertEquals(0, acme.get(chain + "/logs").json().get("items").size());
  }

  @Test
  void aTransactionThatFailsInItsBlockIsOnRecordAndSaysWhy() {
    String contract = pledges();
    String address = contract.substring(contract.lastIndexOf('/') + 1);
    String sender = acme.get("/v1/held-keys").json().at("/items/0/address").asText();
    byte[] call =
        AbiEncoder.call(
            PLEDGES.abi().functions("get").getFirst(),
            new ObjectMapper().createArrayNode().add(99));
    Reply sent =
        acme.post(
            chain + "/rpc",
            json("{'jsonrpc':'2.0','id':1,'method':'eth_sendTransaction','params':[{'from':'")
                + sender
                + json("','to':'" + address + "','gas':'0x186a0','input':'0x")
                + HexFormat.of().formatHex(call)
                + json("'}]}"));

    Reply receipt = acme.get(chain + "/transactions/" + sent.say("result"));

    assertEquals(200, receipt.status(), sent.text() + receipt.text());
    assertEquals("reverted", receipt.say("status"));
    assertEquals("Panic(uint256)", receipt.json().at("/revert/signature").asText());
    assertTrue(receipt.json().get("gasUsed").asLong() > 21_000);
    Reply tooLittle =
        acme.post(contract + "/send/" + PLEDGE, json("{'arguments':['a tree',12],'gas':30000}"));
    assertEquals("ContractHalted", tooLittle.say("code"), tooLittle.text());
  }

  @Test
  void theSameRequestIsOneTransaction() {
    String contract = pledges();
    Client once = acme.with("Idempotency-Key", UUID.randomUUID().toString());
    String body = json("{'arguments':['a tree',12]}");

    Reply first = once.post(contract + "/send/" + PLEDGE, body);
    Reply second = once.post(contract + "/send/" + PLEDGE, body);
    Reply other = once.post(contract + "/send/" + PLEDGE, json("{'arguments':['a tree',13]}"));

    assertEquals(200, first.status(), first.text());
    assertEquals(first.say("hash"), second.say("hash"), second.text());
    assertEquals("IdempotencyKeyReused", other.say("code"), other.text());
    Reply summary = acme.post(contract + "/call/summary", "{}");
    assertEquals("1", summary.json().at("/result/count").asText());
    Client made = acme.with("Idempotency-Key", UUID.randomUUID().toString());
    Reply one = made.post(chain + "/contracts", description("['10']").toString());
    Reply two = made.post(chain + "/contracts", description("['10']").toString());
    assertEquals(one.say("address"), two.say("address"), two.text());
    assertEquals(2, acme.get(chain + "/contracts").json().get("items").size());
  }

  @Test
  void manyAtOnceGetANonceEach() throws Exception {
    String contract = pledges();
    Set<String> hashes = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> replies = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        Client client = i % 2 == 0 ? acme : acme.with("Idempotency-Key", UUID.randomUUID() + "");
        String body = json("{'arguments':['tree " + i + "',12]}");
        replies.add(threads.submit(() -> client.post(contract + "/send/" + PLEDGE, body)));
      }
      for (Future<Reply> reply : replies) {
        assertEquals(200, reply.get().status(), reply.get().text());
        hashes.add(reply.get().say("hash"));
      }
    }
    assertEquals(24, hashes.size());
    Reply summary = acme.post(contract + "/call/summary", "{}");
    assertEquals("24", summary.json().at("/result/count").asText());
  }

  @Test
  void aReceiptProvesItsBlock() {
    String contract = pledges();
    Reply sent = acme.post(contract + "/send/setLeast", json("{'arguments':[5]}"));

    Reply receipt = acme.get(chain + "/transactions/" + sent.say("hash"));

    assertEquals(200, receipt.status(), receipt.text());
    JsonNode place = receipt.json().get("place");
    assertEquals(receipt.json().get("block").asLong(), place.get("index").asLong());
    List<Hash> path = new ArrayList<>();
    place.get("proof").forEach(hash -> path.add(Hash.ofBase64(hash.asText())));
    ProofFile proof =
        new ProofFile(
            CanonicalBase64.decode(place.get("entry").asText()),
            new InclusionProof(place.get("index").asLong(), path),
            SignedCheckpoint.parse(place.get("checkpoint").asText()));
    Hash leaf = Hash.ofLeaf(CanonicalBase64.decode(place.get("entry").asText()));
    assertEquals(leaf.base64(), place.get("leafHash").asText());
    assertTrue(proof.check(leaf, Policy.of(VerifierKey.parse(verifierKey))).verified());
    assertEquals(
        "TransactionNotFound", acme.get(chain + "/transactions/0x" + "0".repeat(64)).say("code"));
    assertEquals("TransactionNotFound", acme.get(chain + "/transactions/nothing").say("code"));
  }

  @Test
  void logsComeByPagesAndByName() {
    String contract = pledges();
    for (int i = 0; i < 5; i++) {
      acme.post(contract + "/send/" + PLEDGE, json("{'arguments':['tree " + i + "',12]}"));
    }
    String address = contract.substring(contract.lastIndexOf('/') + 1);
    String query = chain + "/logs?perPage=2&event=Pledged&address=" + address;

    List<String> told = new ArrayList<>();
    Reply page = acme.get(query);
    while (true) {
      assertEquals(200, page.status(), page.text());
      page.json().get("items").forEach(item -> told.add(item.at("/arguments/what").asText()));
      if (page.say("nextPageToken").isEmpty()) {
        break;
      }
      page = acme.get(query + "&pageToken=" + page.say("nextPageToken"));
    }

    assertEquals(List.of("tree 0", "tree 1", "tree 2", "tree 3", "tree 4"), told);
    String signature = "Pledged(uint256,address,string,uint64)";
    assertEquals(5, acme.get(chain + "/logs?event=" + signature).json().get("items").size());
    assertEquals(0, acme.get(query + "&toBlock=1").json().get("items").size());
    String third = "0x" + "0".repeat(63) + "2";
    Reply one = acme.get(query + "&topic1=" + third);
    assertEquals("tree 2", one.json().at("/items/0/arguments/what").asText());
    assertEquals("EventNotFound", acme.get(chain + "/logs?event=Pledged").say("code"));
    assertEquals("ParameterInvalid", acme.get(chain + "/logs?topic2=0x00").say("code"));
    assertEquals("ParameterInvalid", acme.get(chain + "/logs?fromBlock=-1").say("code"));
  }

  @Test
  void aContractIsListedDescribedAndDescribedAgain() {
    String contract = pledges();
    Reply shown = acme.get(contract);
    assertEquals("pledges", shown.say("name"));
    assertEquals(PLEDGES.abiJson(), shown.json().get("abi"));
    assertTrue(shown.json().get("events").toString().contains("Paid(address,uint256)"));
    String address = contract.substring(contract.lastIndexOf('/') + 1);
    String brief =
        json(
            "{'address':'"
                + address
                + "','abi':[{'type':'function','name':'least','stateMutability':'view',"
                + "'inputs':[],'outputs':[{'type':'uint64'}]}]}");

    Reply again = acme.post(chain + "/contracts", brief);

    assertEquals(201, again.status(), again.text());
    assertEquals("10", acme.post(contract + "/call/least", "{}").say("result"));
    assertEquals("MethodNotFound", acme.post(contract + "/call/get", "{}").say("code"));
    Reply list = acme.get(chain + "/contracts?perPage=1");
    assertEquals(address, list.json().at("/items/0/address").asText());
    String nobody = "0x00000000000000000000000000000000000000AA";
    assertEquals(
        "ContractNotFound",
        acme.post(
                chain + "/contracts",
                brief.replace(address, nobody.toLowerCase(java.util.Locale.ROOT)))
            .say("code"));
    assertEquals("ContractNotFound", acme.get(chain + "/contracts/0x12").say("code"));
  }

  @Test
  void whatDoesNotFitIsRefusedWithItsPlaceAndAFix() {
    String contract = pledges();
    Reply ambiguous = acme.post(contract + "/send/pledge", json("{'arguments':[]}"));
    assertEquals("MethodAmbiguous", ambiguous.say("code"));
    assertTrue(ambiguous.say("fix").contains(PLEDGE), ambiguous.text());
    Reply bent =
        acme.post(
            contract + "/send/pledge((address,uint64,string)%5B%5D)",
            json("{'arguments':[[{'by':'0x','amount':1,'what':''}]]}"));
    assertEquals("ArgumentsInvalid", bent.say("code"));
    assertEquals("arguments[0][0].by has 0 bytes and not 20", bent.say("detail"));
    assertEquals(
        "ValueNotTaken",
        acme.post(contract + "/send/setLeast", json("{'arguments':[1],'value':'1'}")).say("code"));
    assertEquals(
        "SenderLacksFunds", acme.post(contract + "/send/pay", json("{'value':'1'}")).say("code"));
    assertEquals(
        "HeldKeyNotFound",
        acme.post(
                contract + "/send/setLeast",
                json("{'arguments':[1],'sender':'0x00000000000000000000000000000000000000aa'}"))
            .say("code"));
    assertEquals(
        "TransactionVoid",
        acme.post(
                contract + "/send/setLeast",
                json("{'arguments':[1],'recentBlock':'0x" + "7".repeat(64) + "'}"))
            .say("code"));
    assertEquals(
        "StateNotKept", acme.post(contract + "/call/least", json("{'block':999}")).say("code"));
    ObjectNode noAbi = description("['10']").put("abi", "none");
    assertEquals("AbiInvalid", acme.post(chain + "/contracts", noAbi.toString()).say("code"));
    Reply reverting = acme.post(chain + "/contracts", description("[]").toString());
    assertEquals("ArgumentsInvalid", reverting.say("code"), reverting.text());
  }

  @Test
  void aRecentBlockBindsATransaction() {
    String contract = pledges();
    String block =
        acme.post(contract + "/send/setLeast", json("{'arguments':[1]}")).say("blockHash");
    Reply bound =
        acme.post(
            contract + "/send/setLeast", json("{'arguments':[2],'recentBlock':'" + block + "'}"));
    assertEquals(200, bound.status(), bound.text());
    assertEquals("2", acme.post(contract + "/call/least", "{}").say("result"));
  }

  @Test
  void keysAreHeldAndNeverShown() {
    Reply made = acme.post("/v1/held-keys", "");
    assertEquals(201, made.status(), made.text());
    Reply list = acme.get("/v1/held-keys?perPage=1");
    assertEquals(made.say("address"), list.json().at("/items/0/address").asText());
    String contract = pledges();
    Reply sent = acme.post(contract + "/send/setLeast", json("{'arguments':[1]}"));
    assertEquals(made.say("address"), sent.say("sender"));
    Reply second = acme.post("/v1/held-keys", "");
    assertNotEquals(made.say("address"), second.say("address"));
    Reply other =
        acme.post(
            contract + "/send/setLeast",
            json("{'arguments':[3],'sender':'" + second.say("address") + "'}"));
    assertEquals(second.say("address"), other.say("sender"));
    assertFalse(acme.get("/v1/held-keys?perPage=1").say("nextPageToken").isEmpty());
  }

  @Test
  void aStrangerSeesNothingAndAReaderChangesNothing() {
    String contract = pledges();
    Client other = Client.of(server, "ten_stranger ledgers:read contracts:write");
    assertEquals("LedgerNotFound", other.get(contract).say("code"));
    assertEquals("LedgerNotFound", other.post(contract + "/call/least", "{}").say("code"));
    assertEquals("LedgerNotFound", other.post(contract + "/send/setLeast", "{}").say("code"));
    assertEquals(
        "CredentialMissing",
        Client.stranger(server).post(contract + "/send/setLeast", "{}").say("code"));
    String tenant = "ten_" + UUID.randomUUID().toString().substring(0, 8);
    Client reader = Client.of(server, tenant + " ledgers:read");
    assertEquals("ScopeMissing", reader.post(contract + "/send/setLeast", "{}").say("code"));
    Client writer = Client.of(server, tenant + " ledgers:read ledgers:write contracts:write");
    String log = writer.post("/v1/ledgers", "{\"name\":\"log\"}").say("id");
    assertEquals("NotAChain", writer.get("/v1/ledgers/" + log + "/contracts").say("code"));
    Reply made =
        writer.post("/v1/ledgers", "{\"name\":\"open\",\"kind\":\"evm\",\"readers\":\"public\"}");
    Reply open = Client.stranger(server).get("/v1/ledgers/" + made.say("id") + "/logs");
    assertEquals(200, open.status(), open.text());
  }
}
