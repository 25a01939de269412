package io.mooring.localstack.agent;

/**
 * A Java agent that does nothing: LocalStack starts DynamoDB Local with one of its own, which it
 * would download, and which only raises a number that we stay below.
 */
public final class NothingAgent {
  private NothingAgent() {}

  public static void premain(String arguments) {
    // Nothing is what it is for.
  }
}
