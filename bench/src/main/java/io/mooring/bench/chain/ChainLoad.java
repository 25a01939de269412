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
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Sends signed ERC-20 transfers of a hundred senders to a chain by {@code eth_sendRawTransaction},
 * as fast as they are answered, and says how fast they were in blocks. The token is deployed first,
 * and all is signed before the clock runs; at the end the receivers' balances are asked for.
 *
 * <pre>
 * ChainLoad CHAIN_URL TOKEN_BIN TRANSFERS CONNECTIONS TRANSFERS_A_REQUEST
 * </pre>
 */
public final class ChainLoad {
  /** The first account of "test test test test test test test test test test test junk". */
  private static final byte[] RICH =
      HexFormat.of().parseHex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

  private static final int SENDERS = 100;
  private static final int RECEIVERS = 1_000;
  private static final int WARM_TRANSFERS = 5_000;
  private static final U256 FEE = U256.of(2_000_000_000L);
  private static final U256 FUNDS = U256.of(BigInteger.TEN.pow(19));
  private static final int TRANSFER = 0xa9059cbb;
  private static final int BALANCE_OF = 0x70a08231;

  private final URI chain;
  private final int connections;
  private final int batch;
  private final long[] nonces = new long[SENDERS];
  private long chainId;
  private Address token = Address.ZERO;

  private ChainLoad(URI chain, int connections, int batch) {
    this.chain = chain;
    this.connections = connections;
    this.batch = batch;
  }

  public static void main(String[] args) throws Exception {
    if (args.length != 5) {
      System.err.println("ChainLoad CHAIN_URL TOKEN_BIN TRANSFERS CONNECTIONS TRANSFERS_A_REQUEST");
      System.exit(2);
    }
    ChainLoad load =
        new ChainLoad(URI.create(args[0]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
    load.prepare(HexFormat.of().parseHex(Files.readString(Path.of(args[1])).strip()));
    System.out.println(load.run(Integer.parseInt(args[2])));
  }

  /** A signed transfer, and where it is seen whether it was mined. */
  private record Signed(String envelope, Hash hash) {}

  private void prepare(byte[] code) throws IOException, InterruptedException {
    try (Rpc rpc = new Rpc(chain)) {
      chainId = Long.decode(rpc.call("eth_chainId", ""));
      Address rich = Secp256k1.fastest().publicKey(RICH).address();
      long nonce = Long.decode(rpc.call("eth_getTransactionCount", "\"" + rich + "\",\"latest\""));
      Signed deployment = sign(RICH, nonce++, Address.ZERO, U256.ZERO, code, 3_000_000, true);
      send(rpc, deployment);
      token = created(rpc, deployment.hash);
      Signed last = deployment;
      for (int i = 0; i < SENDERS; i++) {
        send(rpc, sign(RICH, nonce++, address(i), FUNDS, new byte[0], 21_000, false));
        byte[] tokens = transfer(address(i), BigInteger.TEN.pow(24));
        last = sign(RICH, nonce++, token, U256.ZERO, tokens, 100_000, false);
        send(rpc, last);
      }
      awaitMined(rpc, last.hash);
      for (int i = 0; i < SENDERS; i++) {
        nonces[i] =
            Long.decode(rpc.call("eth_getTransactionCount", "\"" + address(i) + "\",\"latest\""));
      }
    }
  }

  private String run(int transfers) throws Exception {
    drive(WARM_TRANSFERS);
    BigInteger before = received();
    try (Rpc rpc = new Rpc(chain)) {
      long firstBlock = Long.decode(rpc.call("eth_blockNumber", ""));
      List<List<Signed>> signed = signed(transfers);
      long began = System.nanoTime();
      long[] nanos = drive(signed);
      double seconds = (System.nanoTime() - began) / 1e9;
      long blocks = Long.decode(rpc.call("eth_blockNumber", "")) - firstBlock;
      BigInteger moved = received().subtract(before);
      if (!moved.equals(BigInteger.valueOf(transfers))) {
        throw new IOException(transfers + " were sent, and " + moved + " have arrived");
      }
      return String.format(
          Locale.ROOT,
          "%d connections, %d transfers a request: %,.0f transfers/s (%,d in %.1f s, %,d blocks);"
              + " a request p50 %.1f ms, p99 %.1f ms, max %.1f ms",
          connections,
          batch,
          transfers / seconds,
          transfers,
          seconds,
          blocks,
          nanos[nanos.length / 2] / 1e6,
          nanos[(int) (nanos.length * 0.99)] / 1e6,
          nanos[nanos.length - 1] / 1e6);
    }
  }

  private void drive(int transfers) throws Exception {
    drive(signed(transfers));
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

  private static void send(Rpc rpc, Signed signed) throws IOException {
    rpc.send(request(1, signed));
  }

  /** What each connection sends: every sender belongs to one, so that its nonces stay in order. */
  private List<List<Signed>> signed(int transfers) {
    return IntStream.range(0, connections)
        .parallel()
        .mapToObj(
            connection -> {
              List<Signed> share = new ArrayList<>();
              for (int i = connection; i < transfers; i += connections) {
                int turn = i / connections;
                int owned = (SENDERS - connection + connections - 1) / connections;
                int sender = connection + turn % owned * connections;
                byte[] data = transfer(receiver(i), BigInteger.ONE);
                share.add(
                    sign(key(sender), nonces[sender]++, token, U256.ZERO, data, 100_000, false));
              }
              return share;
            })
        .toList();
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
        byte[] data =
            ByteBuffer.allocate(4 + U256.BYTES)
                .putInt(BALANCE_OF)
                .put(receiver(i).word().bytes())
                .array();
        String call =
            "{\"to\":\""
                + token
                + "\",\"data\":\"0x"
                + HexFormat.of().formatHex(data)
                + "\"},\"latest\"";
        sum = sum.add(new BigInteger(rpc.call("eth_call", call).substring(2), 16));
      }
    }
    return sum;
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

  private static Address receiver(int i) {
    return new Address(7, 7, i % RECEIVERS + 1);
  }
}
