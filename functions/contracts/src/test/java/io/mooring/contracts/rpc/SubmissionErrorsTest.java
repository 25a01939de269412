package io.mooring.contracts.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.billing.Asset;
import io.mooring.billing.Decline;
import io.mooring.contracts.chain.Submission;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "INSUFFICIENT_CREDIT, InsufficientCredit",
    "CAP_REACHED, CapReached",
    "FROZEN, CreditFrozen",
  })
  void whatIsNotPaidForIsToldWithItsReason(Decline reason, String code) {
    RpcError error = SubmissionErrors.of(new Submission.OutOfCredit(reason, Asset.CPC, 21));

    assertEquals(RpcError.CREDIT_EXHAUSTED, error.code());
    assertEquals(
        "{\"code\":\"" + code + "\",\"asset\":\"CPC\",\"missing\":\"21\"}",
        error.data().toString());
  }
}
