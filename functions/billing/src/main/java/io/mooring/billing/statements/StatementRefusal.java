package io.mooring.billing.statements;

import io.mooring.platform.problem.Refusal;

/** Why a statement is refused, in the order in which it is checked. */
public enum StatementRefusal implements Refusal {
  NO_STATEMENT(
      "NoStatement",
      404,
      "There is no statement of that month",
      false,
      "The months stand in GET /v1/statements."),
  STATEMENT_BEHIND(
      "StatementBehind",
      503,
      "The statement is being put together",
      true,
      "Ask again: each request goes on where the last one ended.");

  private final Said said;

  StatementRefusal(String code, int status, String title, boolean retryable, String remedy) {
    this.said = new Said(code, status, title, retryable, remedy);
  }

  @Override
  public Said said() {
    return said;
  }
}
