package io.mooring.evm.block;

import io.mooring.evm.Address;
import io.mooring.evm.rlp.RlpInput;
import io.mooring.evm.rlp.RlpOutput;

/** Ether that the consensus layer pays out to an account (EIP-4895). */
public record Withdrawal(long index, long validatorIndex, Address address, long gwei) {
  static Withdrawal read(RlpInput input) {
    RlpInput fields = input.list();
    Withdrawal withdrawal =
        new Withdrawal(fields.number(), fields.number(), fields.address(), fields.number());
    fields.end();
    return withdrawal;
  }

  public byte[] encode() {
    return new RlpOutput()
        .startList()
        .number(index)
        .number(validatorIndex)
        .address(address)
        .number(gwei)
        .endList()
        .toBytes();
  }
}
