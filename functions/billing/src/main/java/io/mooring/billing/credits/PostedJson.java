package io.mooring.billing.credits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.Account;
import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Posting;
import io.mooring.platform.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One change of a tenant's credits as the journal and the list of postings say it. Amounts are
 * strings, because not every reader of JSON holds 64 bits.
 */
public final class PostedJson {
  private PostedJson() {}

  static ObjectNode write(long change, long millis, List<Posting> postings, String remark) {
    ObjectNode json = JsonTree.object().put("change", change).put("time", millis);
    if (!remark.isEmpty()) {
      json.put("remark", remark);
    }
    var array = json.putArray("postings");
    for (Posting posting : postings) {
      array
          .addObject()
          .put("kind", word(posting.kind()))
          .put("asset", posting.amount().asset().name())
          .put("amount", Long.toString(posting.amount().units()))
          .put("from", posting.from().toString())
          .put("to", posting.to().toString())
          .put("cause", posting.cause())
          .put("reference", posting.reference());
    }
    return json;
  }

  /** The postings of one entry of the journal of type {@code credits.posted}. */
  public static List<Posting> postings(JsonNode json) {
    List<Posting> postings = new ArrayList<>();
    for (JsonNode posting : json.required("postings")) {
      postings.add(
          new Posting(
              posting.required("cause").asText(),
              kind(posting.required("kind").asText()),
              account(posting.required("from").asText()),
              account(posting.required("to").asText()),
              Amount.parse(
                  Asset.valueOf(posting.required("asset").asText()),
                  posting.required("amount").asText()),
              posting.required("reference").asText()));
    }
    return postings;
  }

  private static String word(Posting.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Posting.Kind kind(String word) {
    return Posting.Kind.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Account account(String name) {
    int colon = name.indexOf(':');
    String kind = colon < 0 ? name : name.substring(0, colon);
    String detail = colon < 0 ? "" : name.substring(colon + 1);
    return new Account(Account.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), detail);
  }
}
