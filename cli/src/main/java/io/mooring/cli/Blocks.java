package io.mooring.cli;

import io.mooring.cli.BlockUse.Written;
import io.mooring.cli.Counted.Span;
import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.Entry;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Salt;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The blocks of one chain, counted in the contents that their leaves commit to. Contents are asked
 * for by pages, of no more bytes than the leaves announce. Not thread-safe.
 *
 * <p>New state is counted when the chain was read from its beginning, and otherwise shown to lie
 * between none and all of the slots that blocks leave full.
 */
final class Blocks implements AutoCloseable {
  private static final String TYPE = "mooring.block";

  static final String STATE = "state-bytes";
  private static final String HEX = "0x";
  private static final int PER_PAGE = 100;
  private static final long PAGE_BYTES = 8L << 20;

  private final Web web;
  private final Server server;
  private final String ledger;
  private final boolean fromTheBeginning;
  private final Slots slots = new Slots();

  Blocks(Web web, Server server, String ledger, boolean fromTheBeginning) {
    this.web = web;
    this.server = server;
    this.ledger = ledger;
    this.fromTheBeginning = fromTheBeginning;
  }

  /**
   * Counts what successive leaves use, of which the first has this index; gives how many are
   * blocks.
   *
   * @throws MalformedException if a content is not what its leaf commits to, or no block
   */
  long count(long first, List<Entry> leaves, Counted counted) {
    if (first == 0 && fromTheBeginning) {
      genesis(leaves.getFirst());
    }
    for (int at = 0; at < leaves.size(); ) {
      List<Entry> page = leaves.subList(at, endOfPage(leaves, at));
      at += page.stream().anyMatch(Blocks::isBlock) ? page(first + at, page, counted) : page.size();
    }
    return leaves.stream().filter(Blocks::isBlock).count();
  }

  /** Counts what can be told only when all blocks were read. */
  void end() {
    slots.count();
  }

  @Override
  public void close() {
    slots.close();
  }

  /** What was in the state before there was a block; nobody pays for it. */
  private void genesis(Entry leaf) {
    byte[] content = server.payload(web, ledger, 0);
    Salt salt = Salt.of(CanonicalBase64.decode(server.salt(web, ledger, 0)));
    if (!leaf.payload().matches(salt, content)) {
      throw new MalformedException("its first entry is not what its leaf commits to");
    }
    Map<String, Object> said =
        Json.readObject(content)
            .orElseThrow(() -> new MalformedException("its first entry is no JSON object"));
    Map<String, Object> alloc = Json.object(Json.object(said.get("evm")).get("alloc"));
    List<Written> writes = new ArrayList<>();
    alloc.forEach(
        (address, account) ->
            writes.add(allotted(address, Json.object(Json.object(account).get("storage")))));
    slots.add(writes, new Counted(), "");
  }

  private static Written allotted(String address, Map<String, Object> storage) {
    List<BigInteger> full = new ArrayList<>();
    storage.forEach(
        (slot, value) -> {
          if (number(value.toString()).signum() != 0) {
            full.add(number(slot));
          }
        });
    try {
      return Written.of(HexFormat.of().parseHex(withoutPrefix(address)), full);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("no address: " + address, e);
    }
  }

  /** Hexadecimal behind 0x, or decimal. */
  private static BigInteger number(String text) {
    try {
      return new BigInteger(withoutPrefix(text), text.startsWith(HEX) ? 16 : 10);
    } catch (NumberFormatException e) {
      throw new MalformedException("no number: " + text, e);
    }
  }

  private static String withoutPrefix(String text) {
    return text.startsWith(HEX) ? text.substring(HEX.length()) : text;
  }

  /** As many as fit, and one however long it is. */
  private static int endOfPage(List<Entry> leaves, int from) {
    int end = from + 1;
    long bytes = leaves.get(from).payload().length();
    while (end < leaves.size() && end - from < PER_PAGE) {
      bytes += leaves.get(end).payload().length();
      if (bytes > PAGE_BYTES) {
        return end;
      }
      end++;
    }
    return end;
  }

  /** Counts those of a page that the server shows, which may be fewer, and says how many. */
  private int page(long first, List<Entry> leaves, Counted counted) {
    Map<String, Object> page =
        Json.readObject(server.entries(web, ledger, first, leaves.size()))
            .orElseThrow(() -> new CannotTellException("the server's answer is no JSON object"));
    List<Map<String, Object>> shown = Json.objects(page.get("items"));
    if (shown.isEmpty()) {
      throw new CannotTellException("the server does not show entry " + first + " of " + ledger);
    }
    int here = Math.min(shown.size(), leaves.size());
    for (int i = 0; i < here; i++) {
      if (isBlock(leaves.get(i))) {
        count(first + i, leaves.get(i), shown.get(i), counted);
      }
    }
    return here;
  }

  private void count(long index, Entry leaf, Map<String, Object> shown, Counted counted) {
    try {
      byte[] content = CanonicalBase64.decode(Json.text(shown, "bytes"));
      Salt salt = Salt.of(CanonicalBase64.decode(Json.text(shown, "salt")));
      if (!leaf.payload().matches(salt, content)) {
        throw new MalformedException("it is not what its leaf commits to");
      }
      BlockUse use = BlockUse.of(content);
      String key = leaf.submission().keyId();
      counted.add(key, "gas", use.gas());
      counted.add(key, "calldata-bytes", use.callDataBytes());
      counted.add(key, STATE, use.codeBytes());
      if (fromTheBeginning) {
        slots.add(use.writes(), counted, key);
      } else {
        BigInteger most = Slots.BYTES.multiply(use.slotsFull());
        counted.add(key, STATE, new Span(BigInteger.ZERO, most));
      }
    } catch (MalformedException e) {
      throw new MalformedException("the block in entry " + index + ": " + e.getMessage());
    }
  }

  private static boolean isBlock(Entry leaf) {
    return leaf.type().equals(TYPE);
  }
}
