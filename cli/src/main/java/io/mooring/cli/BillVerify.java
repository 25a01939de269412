package io.mooring.cli;

import io.mooring.ledger.MalformedException;
import io.mooring.ledger.tlog.SignedCheckpoint;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code moor bill verify}: derives an invoice again from the tenant's journal and the published
 * price lists. It shares no code with whoever made the invoice, nor any arithmetic.
 */
@Command(
    name = "verify",
    description = {
      "Derive the invoice of a month again: every entry of the journal is hashed up to its signed"
          + " head, every price list up to the version that names it, every charge is computed"
          + " again, what was used is counted again in the leaves and blocks of the ledgers, and"
          + " the sums are compared with the invoice.",
      "Exit code 0: the invoice is exact; 1: something is false; 2: it cannot be told, say because"
          + " the journal does not tell all charges yet."
    })
final class BillVerify implements Callable<Integer> {
  static final int INVOICE_BYTES_MAX = 1 << 28;

  @Parameters(index = "0", paramLabel = "MONTH", description = "Such as 2026-12.")
  @SuppressWarnings("NullAway.Init")
  private String month;

  @Option(
      names = "--invoice",
      paramLabel = "FILE",
      description = "The invoice as you were given it (JSON). Default: the server is asked for it.")
  private @Nullable Path invoiceFile;

  @Option(
      names = "--this-month-only",
      description = {
        "Read a chain's blocks of this month only, and not all from its first one on. Which slots"
            + " of the state were empty before is not known then: new state is only shown to lie"
            + " between two bounds."
      })
  private boolean thisMonthOnly;

  @Mixin private Server server = new Server();
  @Mixin private Trust trust = new Trust();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    YearMonth wanted = parsed(month);
    List<Finding> findings = new ArrayList<>();
    try (Web web = new Web()) {
      Map<String, Object> invoice = invoice(web);
      SignedCheckpoint signed = signed(web);
      if (!trust.hasKeys()) {
        findings.add(trust.addKeyOf(web, server, Journal.LEDGER));
      }
      findings.add(trust.judge(signed));
      Journal journal = Journal.read(web, server, signed.checkpoint().size());
      findings.add(journal.judge(signed.checkpoint().head()));
      if (isFalse(findings)) {
        return answer(findings);
      }

      PriceLists prices = new PriceLists(version -> server.priceSheet(web, version));
      Books books = new Books(prices);
      journal.entries().forEach(books::add);
      findings.addAll(prices.findings());
      findings.add(books.judge());
      findings.addAll(Leaves.judge(web, server, journal, books, wanted, thisMonthOnly));
      findings.add(Invoice.judge(invoice, wanted, books));
    }
    return answer(findings);
  }

  private int answer(List<Finding> findings) {
    Report report = new Report("invoice of " + month, findings);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("report", Output.asMap(report));
    return output.result(report.judgement(), facts, report.inWords().strip());
  }

  private static boolean isFalse(List<Finding> findings) {
    return findings.stream().anyMatch(finding -> finding.judgement() == Judgement.INVALID);
  }

  private Map<String, Object> invoice(Web web) {
    byte[] bytes =
        invoiceFile == null
            ? server.statement(web, month)
            : Verify.read(invoiceFile, INVOICE_BYTES_MAX);
    return Json.readObject(bytes)
        .orElseThrow(() -> new CannotTellException("the invoice is no JSON object"));
  }

  private SignedCheckpoint signed(Web web) {
    try {
      return SignedCheckpoint.parse(server.checkpoint(web, Journal.LEDGER));
    } catch (MalformedException e) {
      throw new CannotTellException("the journal's checkpoint is none: " + e.getMessage(), e);
    }
  }

  private static YearMonth parsed(String month) {
    try {
      return YearMonth.parse(month);
    } catch (DateTimeException e) {
      throw new CannotTellException("a month is written such as 2026-12", e);
    }
  }
}
