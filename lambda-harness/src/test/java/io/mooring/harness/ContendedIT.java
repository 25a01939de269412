package io.mooring.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Address;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * Sixteen environments want one ledger at once, each with one request at a time; they are frozen
 * between requests, one of them is killed now and then, and the sequencer stands behind the intake.
 */
class ContendedIT {
  private static final int ENVIRONMENTS = 16;

  /** All are cold at once, on two cores or so: what takes long here is no time limit's business. */
  private static final Duration ON_A_BUSY_MACHINE = Duration.ofMinutes(5);

  private static final int ENTRIES_OF_EACH = 10;
  private static final int ENTRIES_BETWEEN_KILLS = 60;
  private static final int TRANSACTIONS_OF_EACH = 4;
  private static final int TRANSACTIONS = ENVIRONMENTS * TRANSACTIONS_OF_EACH;
  private static final int TRANSACTIONS_BETWEEN_KILLS = 24;
  private static final long CHAIN_ID = 77_016;
  private static final long GAS = 100_000;
  private static final String CHAIN = "/v1/ledgers/contended-chain";

  /** Adds one to its slot 0. */
  private static final String COUNTER = "0x5f546001015f5500";

  private static final String COUNTING = "0x00000000000000000000000000000000000c0de1";

  @TempDir static Path folder;
  private static Cloud cloud;
  private static Function api;
  private static Function sequencer;
  private static Gateway gateway;
  private static QueueSource source;
  private static Function chains;
  private static StreamSource stream;

  private final AtomicInteger kills = new AtomicInteger();

  @BeforeAll
  static void deploy() throws Exception {
    cloud = Cloud.in(folder);
    api = cloud.deployed(cloud.api().withEnvironments(ENVIRONMENTS).withLimit(ON_A_BUSY_MACHINE));
    sequencer = cloud.deployed(cloud.jobs("intake").withEnvironments(1).thatNeverFreezes());
    gateway = new Gateway(0, api);
    source = cloud.queues().source(sequencer, 1);
    api.warm(1); // It makes the table and the bucket.
    chains = cloud.deployed(cloud.jobs("commits").withEnvironments(1).withLimit(ON_A_BUSY_MACHINE));
    stream = cloud.tables().source(chains, ContendedIT::isForChains);
    api.warm(ENVIRONMENTS - 1);
  }

  @AfterAll
  static void remove() {
    gateway.close();
    api.close();
    sequencer.close();
    source.close();
    chains.close();
    stream.close();
    cloud.close();
  }

  @Test
  void noEntryIsLostAndNoneIsDoubled() throws Exception {
    Writers writers = new Writers(cloud, gateway.url(), "contended");

    writers.write(
        ENVIRONMENTS,
        ENTRIES_OF_EACH,
        acknowledged -> killEvery(ENTRIES_BETWEEN_KILLS, acknowledged));

    int commits = writers.assertNothingLostAndNothingDoubled();
    assertTrue(kills.get() > 0, "nothing was killed");
    assertTrue(sequencer.coldStarts() > 0, "nothing went through the intake");
    System.out.printf(
        "%d entries of %d environments in %d commits, %d requests repeated%n",
        ENVIRONMENTS * ENTRIES_OF_EACH, ENVIRONMENTS, commits, writers.repeated());
  }

  /** What the stack's filters let through. */
  private static boolean isForChains(Record record) {
    var keys = record.dynamodb().keys();
    return Objects.requireNonNull(keys.get("pk")).s().endsWith("#C#")
        || Objects.requireNonNull(keys.get("sk")).s().startsWith("POOL#");
  }

  /** All senders change the same slot. */
  @Test
  void everyTransactionStandsOnceAndIsCountedOnce() throws Exception {
    String credential = cloud.newTenant(gateway.url());
    HttpResponse<String> made =
        cloud.post(
            gateway.url(),
            "/v1/ledgers",
            credential,
            "",
            """
            {"name":"contended-chain","kind":"evm","evm":{"chainId":%d,
             "alloc":{"%s":{"code":"%s"}}}}\
            """
                .formatted(CHAIN_ID, COUNTING, COUNTER));
    assertEquals(201, made.statusCode(), made.body());
    Rpc rpc = new Rpc(cloud, gateway.url(), CHAIN, credential);

    send(rpc);

    assertTrue(kills.get() > 0, "nothing was killed");
    assertTrue(chains.coldStarts() > 0, "nobody was told of a page or a block");
    assertEquals(
        TRANSACTIONS,
        number(rpc.result("eth_getStorageAt", "\"" + COUNTING + "\",\"0x0\",\"latest\"")),
        "some transaction was not counted, or twice");
    long height = number(rpc.result("eth_blockNumber", ""));
    int standing = 0;
    for (long block = 1; block <= height; block++) {
      standing +=
          rpc.result("eth_getBlockByNumber", "\"0x" + Long.toHexString(block) + "\",false")
              .path("transactions")
              .size();
    }
    assertEquals(TRANSACTIONS, standing);
    JsonNode scrubbed =
        Cloud.json(cloud.post(gateway.url(), CHAIN + "/scrub", credential, "", "").body());
    assertTrue(scrubbed.path("whole").asBoolean(), scrubbed.toString());
    System.out.printf(
        "%d transactions of %d environments in %d blocks, %d requests repeated%n",
        TRANSACTIONS, ENVIRONMENTS, height, rpc.repeated().get());
  }

  /** As many senders as environments, each with one transaction under way. */
  private void send(Rpc rpc) throws Exception {
    AtomicInteger standing = new AtomicInteger();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int sender = 1; sender <= ENVIRONMENTS; sender++) {
        int key = sender;
        all.add(
            senders.submit(
                () -> {
                  for (int nonce = 0; nonce < TRANSACTIONS_OF_EACH; nonce++) {
                    rpc.sendUntilItStands(count(key, nonce));
                    killEvery(TRANSACTIONS_BETWEEN_KILLS, standing.incrementAndGet());
                  }
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
  }

  private void killEvery(int many, int count) {
    if (count % many == 0) {
      api.environments().get(kills.getAndIncrement()).signal("KILL");
    }
  }

  private static SignedTransaction count(int key, long nonce) {
    Transaction content =
        new Transaction.DynamicFee(
            CHAIN_ID,
            nonce,
            U256.ZERO,
            U256.ZERO,
            GAS,
            Address.fromHex(COUNTING.substring(2)),
            U256.ZERO,
            new byte[0],
            List.of());
    return new SignedTransaction(
        content, Secp256k1.fastest().sign(content.signingHash().bytes(), U256.of(key).bytes()));
  }

  private static long number(JsonNode hex) {
    return Long.parseUnsignedLong(hex.asText().substring(2), 16);
  }
}
