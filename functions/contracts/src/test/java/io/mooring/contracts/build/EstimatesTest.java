package io.mooring.contracts.build;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mooring.contracts.abi.Abi;
import io.mooring.contracts.chain.Submission;
import io.mooring.contracts.rest.Calls;
import io.mooring.contracts.rpc.Turns;
import io.mooring.contracts.simulation.CallRequest;
import io.mooring.evm.Address;
import io.mooring.evm.ContractAddress;
import io.mooring.evm.U256;
import io.mooring.evm.interpreter.Interpreter;
import io.mooring.evm.transaction.Transaction;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EstimatesTest {
  /** As a pair of Uniswap's does: where a second has passed, it fills a slot that was empty. */
  private static final byte[] ONCE_A_SECOND =
      HexFormat.of()
          .parseHex("70" + "425f541015600f576001" + "4255425f555b00" + "5f52" + "6011600ff3");

  private static final long NEW_SLOT_GAS = 22_100;
  private static final long TRANSFER_GAS = 21_000;

  private final World world = new World();
  private final LedgerChain chain = world.process();

  @Test
  void anEstimateIsEnoughInTheNextSecondToo() {
    send(0, null, ONCE_A_SECOND);
    Address once = ContractAddress.of(World.address(1), 0);
    send(1, once, new byte[0]);

    long gas;
    try (Turns turns = new Turns(1, 1, 1)) {
      gas =
          new Calls(new Interpreter(), turns)
              .estimate(
                  World.LEDGER.tenant(),
                  chain,
                  new CallRequest(
                      World.address(1),
                      once,
                      null,
                      null,
                      null,
                      null,
                      U256.ZERO,
                      null,
                      new byte[0],
                      null,
                      null,
                      null,
                      null),
                  Abi.parse(new ArrayNode(JsonNodeFactory.instance)));
    }

    assertTrue(gas > TRANSFER_GAS + NEW_SLOT_GAS, "gas: " + gas);
  }

  private void send(long nonce, @Nullable Address to, byte[] input) {
    Transaction content =
        new Transaction.DynamicFee(
            World.CHAIN_ID, nonce, U256.ZERO, U256.ZERO, 200_000, to, U256.ZERO, input, List.of());
    assertInstanceOf(
        Submission.Accepted.class, World.send(chain, World.sign(content, 1)), "nonce " + nonce);
  }
}
