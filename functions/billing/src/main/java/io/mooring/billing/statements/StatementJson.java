package io.mooring.billing.statements;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.Account;
import io.mooring.billing.Asset;
import io.mooring.billing.Standing;
import io.mooring.billing.Statement;
import io.mooring.platform.json.JsonTree;

/** A statement as JSON; units are strings, because not every reader of JSON holds 64 bits. */
public final class StatementJson {
  private StatementJson() {}

  public static byte[] write(Statement statement) {
    ObjectNode json =
        JsonTree.object()
            .put("tenant", statement.tenant())
            .put("month", statement.month().toString())
            .put("complete", statement.complete());
    ArrayNode balances = json.putArray("balances");
    for (Asset asset : Asset.values()) {
      ObjectNode of = balances.addObject().put("asset", asset.name());
      put(of.putObject("opening"), asset, statement.opening());
      put(of.putObject("closing"), asset, statement.closing());
      of.put("charged", Long.toString(statement.charged(asset)));
    }
    usage(json.putArray("usage"), statement);
    movements(json.putArray("movements"), statement);
    ArrayNode burnDown = json.putArray("burnDown");
    statement
        .burnDown()
        .forEach(
            (day, standing) -> {
              for (Asset asset : Asset.values()) {
                put(
                    burnDown.addObject().put("day", day.toString()).put("asset", asset.name()),
                    asset,
                    standing);
              }
            });
    ArrayNode through = json.putArray("through");
    for (Statement.Through last : statement.through()) {
      through.addObject().put("ledger", last.ledger()).put("commit", last.commit());
    }
    return JsonTree.bytes(json);
  }

  /** What was available, held, in escrow and owed. */
  public static ObjectNode put(ObjectNode json, Asset asset, Standing standing) {
    return json.put("available", Long.toString(standing.available(asset)))
        .put("held", Long.toString(standing.of(asset, Account.Kind.HELD)))
        .put("escrow", Long.toString(standing.of(asset, Account.Kind.ESCROW)))
        .put("owed", Long.toString(-standing.of(asset, Account.Kind.RECEIVABLE)));
  }

  private static void usage(ArrayNode usage, Statement statement) {
    for (var line : statement.lines()) {
      TallyJson.span(
          usage
              .addObject()
              .put("day", line.of().day().toString())
              .put("ledger", line.of().ledger())
              .put("key", line.of().key())
              .put("meter", line.of().meter().wireName())
              .put("asset", line.of().meter().asset().name())
              .put("prices", line.of().prices())
              .put("quantity", Long.toString(line.quantity()))
              .put("free", Long.toString(line.freeQuantity()))
              .put("units", Long.toString(line.units()))
              .put("charges", line.charges()),
          line.span());
    }
  }

  private static void movements(ArrayNode movements, Statement statement) {
    for (var movement : statement.movements()) {
      TallyJson.movement(movements.addObject().put("ledger", movement.ledger()), movement);
    }
  }
}
