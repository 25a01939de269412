package io.mooring.bench.chain;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Sends signed transfers of a hundred senders to a chain by {@code eth_sendRawTransaction}, as fast
 * as they are answered, and says how fast they were in blocks.
 *
 * <pre>
 * ChainLoad CHAIN_URL CONNECTIONS TRANSFERS_A_REQUEST tokens TOKEN_BIN TRANSFERS
 * ChainLoad CHAIN_URL CONNECTIONS TRANSFERS_A_REQUEST sustained TOKEN_BIN SECONDS
 * ChainLoad CHAIN_URL CONNECTIONS TRANSFERS_A_REQUEST payments RECEIVERS TRANSFERS
 * ChainLoad CHAIN_URL CONNECTIONS TRANSFERS_A_REQUEST accounts ACCOUNTS
 * </pre>
 *
 * Tokens are of an ERC-20 contract that is deployed first, payments are of one wei, and both are
 * signed before the clock runs; when the load is sustained they are signed while it runs. At the
 * end the receivers' balances are asked for. Accounts are made by a contract of the chain's
 * genesis, which pays one wei to each of many.
 */
public final class ChainLoad {
  /** The first account of "test test test test test test test test test test test junk". */
  private static final byte[] RICH =
      HexFormat.of().parseHex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

  private static final int SENDERS = 100;
  private static final int RECEIVERS = 1_000;
  private static final int WARM_TRANSFERS = 20_000;
  private static final long STRIDE = 7_919;

  /** Pays one wei to each of as many addresses, from the first one on, as its input says. */
  private static final Address SPREADER =
      Address.fromHex("5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed");

  private static final int SPREAD_ACCOUNTS = 450;
  private static final int SPREAD_REQUESTS = 48;
  private static final long SPREAD_GAS = 16_700_000;
  private static final U256 FEE = U256.of(2_000_000_000L);
  private static final U256 FUNDS = U256.of(BigInteger.TEN.pow(19));
  private static final int TRANSFER = 0xa9059cbb;
  private static final int BALANCE_OF = 0x70a08231;

  private final URI chain;
  private final int connections;
  private final int batch;
  private final long[] nonces = new long[SENDERS];
  private long chainId;

  /** How many were signed before these, so that the next go to others. */
  private long paid;

  private Address token = Address.ZERO;

  private ChainLoad(URI chain, int connections, int batch) {
    this.chain = chain;
    this.connections = connections;
    this.batch = batch;
  }

  public static void main(String[] args) throws Exception {
    if (args.length < 5) {
      System.err.println("ChainLoad CHAIN_URL CONNECTIONS TRANSFERS_A_REQUEST WHAT …");
      System.exit(2);
    }
    ChainLoad load =
        new ChainLoad(URI.create(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    switch (args[3]) {
      case "tokens" -> {
        load.deployToken(args[4]);
        load.fund();
        load.warm(RECEIVERS);
        System.out.println(load.run(Integer.parseInt(args[5]), RECEIVERS));
      }
      case "sustained" -> {
        load.deployToken(args[4]);
        load.fund();
        load.sustain(Integer.parseInt(args[5]));
      }
      case "payments" -> {
        int receivers = Integer.parseInt(args[4]);
        load.fund();
        load.warm(receivers);
        System.out.println(load.run(Integer.parseInt(args[5]), receivers));
      }
      case "accounts" -> System.out.println(load.spread(Integer.parseInt(args[4])));
      default -> throw new IllegalArgumentException("there is no load " + args[3]);
    }
  }

  /** A signed transfer, and where it is seen whether it was mined. */
  private record Signed(String envelope, Hash hash) {}

  private void deployToken(String file) throws IOException, InterruptedException {
    byte[] code = HexFormat.of().parseHex(Files.readString(Path.of(file)).strip());
    try (Rpc rpc = new Rpc(chain)) {
      Signed deployment =
          sign(RICH, richNonce(rpc), Address.ZERO, U256.ZERO, code, 3_000_000, true);
      send(rpc, deployment);
      token = created(rpc, deployment.hash);
    }
  }

  /** Gives the senders what they send. */
  private void fund() throws IOException, InterruptedException {
    try (Rpc rpc = new Rpc(chain)) {
      long nonce = richNonce(rpc);
      Hash last = Hash.ZERO;
      for (int i = 0; i < SENDERS; i++) {
        last = send(rpc, sign(RICH, nonce++, address(i), FUNDS, new byte[0], 21_000, false));
        if (isOfTokens()) {
          byte[] tokens = transfer(address(i), BigInteger.TEN.pow(24));
          last = send(rpc, sign(RICH, nonce++, token, U256.ZERO, tokens, 100_000, false));
        }
      }
      awaitMined(rpc, last);
      for (int i = 0; i < SENDERS; i++) {
        nonces[i] = nonce(rpc, address(i));
      }
    }
  }

  private long richNonce(Rpc rpc) throws IOException {
    chainId = Long.decode(rpc.call("eth_chainId", ""));
    return nonce(rpc, Secp256k1.fastest().publicKey(RICH).address());
  }

  private static long nonce(Rpc rpc, Address of) throws IOException {
    return Long.decode(rpc.call("eth_getTransactionCount", "\"" + of + "\",\"latest\""));
  }

  private boolean isOfTokens() {
    return !token.equals(Address.ZERO);
  }

  private void warm(int receivers) throws Exception {
    drive(signed(WARM_TRANSFERS, receivers));
  }

  /** Makes accounts with one wei each, many by one transaction. */
  private String spread(int accounts) throws Exception {
    try (Rpc rpc = new Rpc(chain)) {
      long nonce = richNonce(rpc);
      long firstBlock = blockNumber(rpc);
      long began = System.nanoTime();
      int request = 0;
      Hash last = Hash.ZERO;
      StringBuilder body = new StringBuilder();
      for (int first = 0; first < accounts; first += SPREAD_ACCOUNTS) {
        int count = Math.min(SPREAD_ACCOUNTS, accounts - first);
        byte[] data =
            ByteBuffer.allocate(2 * U256.BYTES)
                .put(account(first).word().bytes())
                .put(U256.of(count).bytes())
                .array();
        Signed next = sign(RICH, nonce++, SPREADER, U256.of(count), data, SPREAD_GAS, false);
        last = next.hash;
        body.append(body.isEmpty() ? "[" : ",").append(request(request++, next));
        if (request == SPREAD_REQUESTS || first + count == accounts) {
          rpc.send(body.append(']').toString());
          body.setLength(0);
          request = 0;
        }
      }
      awaitMined(rpc, last);
      double seconds = (System.nanoTime() - began) / 1e9;
      for (int i : new int[] {0, accounts / 2, accounts - 1}) {
        if (balance(rpc, account(i)).signum() == 0) {
          throw new IOException("account " + i + " is not there");
        }
      }
      long blocks = blockNumber(rpc) - firstBlock;
      return String.format(
          Locale.ROOT, "%,d accounts made in %.1f s, %,d blocks", accounts, seconds, blocks);
    }
  }

  private String run(int transfers, int receivers) throws Exception {
    BigInteger before = received();
    try (Rpc rpc = new Rpc(chain)) {
      long firstBlock = blockNumber(rpc);
      List<List<Signed>> signed = signed(transfers, receivers);
      long began = System.nanoTime();
      long[] nanos = drive(signed);
      double seconds = (System.nanoTime() - began) / 1e9;
      long blocks = blockNumber(rpc) - firstBlock;
      requireArrived(before, transfers, receivers);
      return String.format(
          Locale.ROOT,
          "%d connections, %d transfers a request: %,.0f transfers/s (%,d in %.1f s, %,d blocks,"
              + " %.0f ms a block); a request p50 %.1f ms, p99 %.1f ms, max %.1f ms",
          connections,
          batch,
          transfers / seconds,
          transfers,
          seconds,
          blocks,
          1_000 * seconds / blocks,
          nanos[nanos.length / 2] / 1e6,
          nanos[(int) (nanos.length * 0.99)] / 1e6,
          nanos[nanos.length - 1] / 1e6);
    }
  }

  private static long blockNumber(Rpc rpc) throws IOException {
    return Long.decode(rpc.call("eth_blockNumber", ""));
  }

  private void requireArrived(BigInteger before, long transfers, int receivers) throws IOException {
    if (receivers == RECEIVERS) {
      BigInteger moved = received().subtract(before);
      if (!moved.equals(BigInteger.valueOf(transfers))) {
        throw new IOException(transfers + " were sent, and " + moved + " have arrived");
      }
    }
    try (Rpc rpc = new Rpc(chain)) {
      for (int i = 0; i < SENDERS; i++) {
        if (nonce(rpc, address(i)) != nonces[i]) {
          throw new IOException("not all that sender " + i + " has signed is in blocks");
        }
      }
    }
  }

  /** Says every minute how many there were, and at the end what their requests took. */
  private void sustain(int seconds) throws Exception {
    BigInteger before = received();
    List<List<Long>> minutes =
        IntStream.rangeClosed(0, seconds / 60)
            .mapToObj(minute -> Collections.synchronizedList(new ArrayList<Long>()))
            .toList();
    long began = System.nanoTime();
    long firstBlock;
    try (Rpc rpc = new Rpc(chain)) {
      firstBlock = blockNumber(rpc);
    }
    List<Future<Long>> ended = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < connections; i++) {
        int connection = i;
        ended.add(threads.submit(() -> sustain(connection, began, seconds, minutes)));
      }
    }
    long transfers = 0;
    for (Future<Long> one : ended) {
      transfers += one.get();
    }
    double took = (System.nanoTime() - began) / 1e9;
    requireArrived(before, transfers, RECEIVERS);
    try (Rpc rpc = new Rpc(chain)) {
      System.out.printf(
          Locale.ROOT,
          "%d connections, %d transfers a request: %,.0f transfers/s (%,d in %.1f s, %,d blocks)%n",
          connections,
          batch,
          transfers / took,
          transfers,
          took,
          blockNumber(rpc) - firstBlock);
    }
    for (int i = 0; i < minutes.size(); i++) {
      say(i + 1, minutes.get(i));
    }
    say(0, minutes.stream().flatMap(List::stream).toList());
  }

  private void say(int minute, List<Long> requests) {
    if (!requests.isEmpty()) {
      List<Long> sorted = requests.stream().sorted().toList();
      System.out.printf(
          Locale.ROOT,
          "%s: %,d transfers, a request p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
          minute == 0 ? "all" : "minute " + minute,
          (long) sorted.size() * batch,
          sorted.get(sorted.size() / 2) / 1e6,
          sorted.get((int) (sorted.size() * 0.99)) / 1e6,
          sorted.getLast() / 1e6);
    }
  }

  private long sustain(int connection, long began, int seconds, List<List<Long>> minutes)
      throws Exception {
    long sent = 0;
    List<Signed> last = List.of();
    try (Rpc rpc = new Rpc(chain)) {
      int turn = 0;
      while (System.nanoTime() - began < seconds * 1_000_000_000L) {
        List<Signed> request = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
          request.add(sign(connection, turn++, RECEIVERS));
        }
        String body = body(request);
        long start = System.nanoTime();
        rpc.send(body);
        long now = System.nanoTime();
        int minute = (int) ((now - began) / 60_000_000_000L);
        minutes.get(Math.min(minute, minutes.size() - 1)).add(now - start);
        sent += batch;
        last = request;
      }
      // What was answered from a page of the pool may be in a block a moment later.
      for (Signed one : last) {
        awaitMined(rpc, one.hash);
      }
    }
    return sent;
  }

  /** Sends each connection's own, waits until the last ones are mined; what requests took. */
  private long[] drive(List<List<Signed>> shares) throws Exception {
    List<Future<long[]>> ended = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (List<Signed> share : shares) {
        ended.add(threads.submit(() -> drive(share, new Rpc(chain))));
      }
    }
    List<long[]> nanos = new ArrayList<>();
    for (Future<long[]> one : ended) {
      nanos.add(one.get());
    }
    return nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray();
  }

  private long[] drive(List<Signed> share, Rpc connection) throws Exception {
    try (Rpc rpc = connection) {
      long[] nanos = new long[Math.ceilDiv(share.size(), batch)];
      for (int at = 0, request = 0; at < share.size(); at += batch, request++) {
        String body = body(share.subList(at, Math.min(at + batch, share.size())));
        long began = System.nanoTime();
        rpc.send(body);
        nanos[request] = System.nanoTime() - began;
      }
      int owned = Math.ceilDiv(SENDERS, connections); // the last one of every sender is among these
      for (Signed last : share.subList(Math.max(0, share.size() - owned), share.size())) {
        awaitMined(rpc, last.hash);
      }
      return nanos;
    }
  }

  private String body(List<Signed> transfers) {
    if (batch == 1) {
      return request(1, transfers.getFirst());
    }
    StringBuilder body = new StringBuilder("[");
    for (int i = 0; i < transfers.size(); i++) {
      body.append(i == 0 ? "" : ",").append(request(i, transfers.get(i)));
    }
    return body.append(']').toString();
  }

  private static String request(int id, Signed signed) {
    return Rpc.request(id, "eth_sendRawTransaction", "\"" + signed.envelope + "\"");
  }

  private static Hash send(Rpc rpc, Signed signed) throws IOException {
    rpc.send(request(1, signed));
    return signed.hash;
  }

  /** What each connection sends: every sender belongs to one, so that its nonces stay in order. */
  private List<List<Signed>> signed(int transfers, int receivers) {
    List<List<Signed>> shares =
        IntStream.range(0, connections)
            .parallel()
            .mapToObj(
                connection -> {
                  List<Signed> share = new ArrayList<>();
                  for (int i = connection; i < transfers; i += connections) {
                    share.add(sign(connection, i / connections, receivers));
                  }
                  return share;
                })
            .toList();
    paid += transfers;
    return shares;
  }

  /** The next transfer of one of the connection's senders, who take turns. */
  private Signed sign(int connection, int turn, int receivers) {
    int owned = (SENDERS - connection + connections - 1) / connections;
    int sender = connection + turn % owned * connections;
    // Far apart, so that those who get the next ones are not neighbours of those who got the last.
    Address to =
        account((int) ((paid + turn * (long) connections + connection) * STRIDE % receivers));
    return isOfTokens()
        ? sign(
            key(sender),
            nonces[sender]++,
            token,
            U256.ZERO,
            transfer(to, BigInteger.ONE),
            100_000,
            false)
        : sign(key(sender), nonces[sender]++, to, U256.ONE, new byte[0], 21_000, false);
  }

  private Signed sign(
      byte[] key, long nonce, Address to, U256 value, byte[] data, long gas, boolean creates) {
    Transaction content =
        new Transaction.DynamicFee(
            chainId, nonce, U256.ZERO, FEE, gas, creates ? null : to, value, data, List.of());
    SignedTransaction signed =
        new SignedTransaction(
            content, Secp256k1.fastest().sign(content.signingHash().bytes(), key));
    byte[] envelope = signed.encode();
    return new Signed("0x" + HexFormat.of().formatHex(envelope), Hash.keccak(envelope));
  }

  private BigInteger received() throws IOException {
    BigInteger sum = BigInteger.ZERO;
    try (Rpc rpc = new Rpc(chain)) {
      for (int i = 0; i < RECEIVERS; i++) {
        sum = sum.add(isOfTokens() ? tokens(rpc, account(i)) : balance(rpc, account(i)));
      }
    }
    return sum;
  }

  private BigInteger tokens(Rpc rpc, Address of) throws IOException {
    byte[] data =
        ByteBuffer.allocate(4 + U256.BYTES).putInt(BALANCE_OF).put(of.word().bytes()).array();
    String call =
        "{\"to\":\""
            + token
            + "\",\"data\":\"0x"
            + HexFormat.of().formatHex(data)
            + "\"},\"latest\"";
    return new BigInteger(rpc.call("eth_call", call).substring(2), 16);
  }

  private static BigInteger balance(Rpc rpc, Address of) throws IOException {
    return new BigInteger(rpc.call("eth_getBalance", "\"" + of + "\",\"latest\"").substring(2), 16);
  }

  private static Address created(Rpc rpc, Hash hash) throws IOException, InterruptedException {
    String receipt = awaitMined(rpc, hash);
    int at = receipt.indexOf("\"contractAddress\":\"0x") + 21;
    return Address.fromHex(receipt.substring(at, at + 2 * Address.BYTES));
  }

  private static String awaitMined(Rpc rpc, Hash hash) throws IOException, InterruptedException {
    while (true) {
      String receipt = rpc.send(Rpc.request(1, "eth_getTransactionReceipt", "\"" + hash + "\""));
      if (receipt.contains("\"status\":\"0x1\"")) {
        return receipt;
      }
      if (receipt.contains("\"status\"")) {
        throw new IOException("a transfer failed: " + receipt);
      }
      Thread.sleep(5);
    }
  }

  private static byte[] transfer(Address to, BigInteger amount) {
    return ByteBuffer.allocate(4 + 2 * U256.BYTES)
        .putInt(TRANSFER)
        .put(to.word().bytes())
        .put(U256.of(amount).bytes())
        .array();
  }

  private static byte[] key(int sender) {
    return Hash.keccak(("sender " + sender).getBytes(StandardCharsets.US_ASCII)).bytes();
  }

  private static Address address(int sender) {
    return Secp256k1.fastest().publicKey(key(sender)).address();
  }

  /** Receivers follow one another, as the contract that makes accounts has them. */
  private static Address account(int i) {
    return new Address(7, 7, i + 1);
  }
}
