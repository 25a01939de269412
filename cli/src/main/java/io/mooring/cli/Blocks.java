package io.mooring.cli;

import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.Entry;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Salt;
import java.util.List;
import java.util.Map;

/**
 * The blocks of one chain, counted in the contents that their leaves commit to. Contents are asked
 * for by pages, of no more bytes than the leaves announce. Not thread-safe.
 */
final class Blocks {
  private static final String TYPE = "mooring.block";

  private static final int PER_PAGE = 100;
  private static final long PAGE_BYTES = 8L << 20;

  private final Web web;
  private final Server server;
  private final String ledger;
  private long blocks;

  Blocks(Web web, Server server, String ledger) {
    this.web = web;
    this.server = server;
    this.ledger = ledger;
  }

  /** How many blocks were counted so far. */
  long blocks() {
    return blocks;
  }

  /**
   * Counts what successive leaves use, of which the first has this index.
   *
   * @throws MalformedException if a content is not what its leaf commits to, or no block
   */
  void count(long first, List<Entry> leaves, Counted counted) {
    for (int at = 0; at < leaves.size(); ) {
      List<Entry> page = leaves.subList(at, endOfPage(leaves, at));
      at += page.stream().anyMatch(Blocks::isBlock) ? page(first + at, page, counted) : page.size();
    }
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
        blocks++;
      }
    }
    return here;
  }

  private static void count(long index, Entry leaf, Map<String, Object> shown, Counted counted) {
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
      counted.add(key, "state-bytes", use.stateBytes());
    } catch (MalformedException e) {
      throw new MalformedException("the block in entry " + index + ": " + e.getMessage());
    }
  }

  private static boolean isBlock(Entry leaf) {
    return leaf.type().equals(TYPE);
  }
}
