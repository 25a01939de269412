package io.mooring.contracts.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.billing.Asset;
import io.mooring.billing.Decline;
import io.mooring.contracts.chain.Submission;
import io.mooring.platform.problem.PlatformRefusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionRefusalsTest {
  @ParameterizedTest
  @CsvSource({
    "INSUFFICIENT_CREDIT, INSUFFICIENT_CREDIT",
    "CAP_REACHED, CAP_REACHED",
    "FROZEN, CREDIT_FROZEN",
  })
  void whatIsNotPaidForIsRefusedForItsReason(Decline reason, PlatformRefusal refusal) {
    var unpaid = new Submission.OutOfCredit(reason, Asset.CPC, 21);

    assertEquals(refusal, SubmissionRefusals.of(unpaid).refusal());
  }
}
