package io.mooring.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.Entry;
import io.mooring.ledger.Frontier;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Head;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Salt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All entries of a tenant's journal under one head. Each is hashed from the bytes of its leaf, and
 * those about bills have the content that their leaf commits to.
 */
final class Journal {
  static final String LEDGER = "led_journal";

  private static final int PER_PAGE = 100;
  private static final String CREATED = "ledger.created";

  /** The beginnings of the types of entries that a bill is derived from. */
  private static final List<String> ABOUT_BILLS =
      List.of("credits.", "proofs.charged", "storage.charged", CREATED);

  private static final JsonFactory FACTORY = new JsonFactory();

  private final List<Told> entries = new ArrayList<>();
  private Frontier frontier = Frontier.empty();
  private String wrong = "";

  private Journal() {}

  /** What one entry about bills says, by which key, and when it was committed. */
  record Told(long index, String type, String key, Instant committed, Map<String, Object> said) {}

  static Journal read(Web web, Server server, long size) {
    Journal journal = new Journal();
    while (journal.frontier.size() < size && journal.wrong.isEmpty()) {
      long from = journal.frontier.size();
      int wanted = (int) Math.min(PER_PAGE, size - from);
      journal.add(server.entries(web, LEDGER, from, wanted));
      if (journal.frontier.size() == from && journal.wrong.isEmpty()) {
        throw new CannotTellException("the server does not show entry " + from + " of the journal");
      }
    }
    return journal;
  }

  Finding judge(Head head) {
    if (!wrong.isEmpty()) {
      return Finding.invalid("journal", wrong);
    }
    return frontier.head().equals(head)
        ? Finding.valid(
            "journal", Words.count(head.size(), "entry", "entries") + " hash to the signed root")
        : Finding.invalid("journal", "its entries do not hash to the signed root");
  }

  List<Told> entries() {
    return List.copyOf(entries);
  }

  /** What was said of a ledger when it was made; empty if nothing was. */
  Map<String, Object> created(String ledger) {
    return entries.stream()
        .filter(told -> told.type.equals(CREATED) && Json.text(told.said, "id").equals(ledger))
        .map(Told::said)
        .findFirst()
        .orElse(Map.of());
  }

  /** Reads a page: the bytes of an entry's content stand in it as they were received. */
  private void add(byte[] page) {
    try (JsonParser json = FACTORY.createParser(page)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new CannotTellException("the server's answer is no JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean items = json.currentName().equals("items");
        JsonToken value = json.nextToken();
        if (items && value == JsonToken.START_ARRAY) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            add(members(json, page));
          }
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new CannotTellException("the server's answer is no JSON: " + e.getMessage(), e);
    }
  }

  /** The members of one entry by their names, each as the bytes that stand there. */
  private static Map<String, byte[]> members(JsonParser json, byte[] page) throws IOException {
    Map<String, byte[]> members = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value.isScalarValue()) {
        members.put(name, json.getText().getBytes(StandardCharsets.UTF_8));
      } else {
        int from = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        int to = (int) json.currentLocation().getByteOffset();
        members.put(name, Arrays.copyOfRange(page, from, to));
      }
    }
    return members;
  }

  private void add(Map<String, byte[]> shown) {
    long index = frontier.size();
    try {
      byte[] leaf = CanonicalBase64.decode(text(shown, "entry"));
      Entry entry = Entry.ofBytes(leaf);
      if (ABOUT_BILLS.stream().anyMatch(entry.type()::startsWith)) {
        byte[] content = shown.getOrDefault("data", new byte[0]);
        Salt salt = Salt.of(CanonicalBase64.decode(text(shown, "salt")));
        if (!entry.payload().matches(salt, content)) {
          wrong = "entry " + index + " does not say what its leaf commits to";
          return;
        }
        Map<String, Object> said = Json.readObject(content).orElse(Map.of());
        Instant committed = Instant.parse(text(shown, "committedAt"));
        entries.add(new Told(index, entry.type(), entry.submission().keyId(), committed, said));
      }
      frontier = frontier.append(Hash.ofLeaf(leaf));
    } catch (MalformedException | DateTimeException e) {
      wrong = "entry " + index + " is none: " + e.getMessage();
    }
  }

  private static String text(Map<String, byte[]> shown, String member) {
    return new String(shown.getOrDefault(member, new byte[0]), StandardCharsets.UTF_8);
  }
}
