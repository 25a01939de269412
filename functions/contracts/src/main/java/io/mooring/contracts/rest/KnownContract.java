package io.mooring.contracts.rest;

import io.mooring.contracts.ContractRefusal;
import io.mooring.contracts.abi.Abi;
import io.mooring.contracts.abi.AbiItem;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.problem.RefusedException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A contract that the tenant has described.
 *
 * <pre>
 * { 1: name, 2: ABI as JSON, 3: hash of the transaction that makes it, 4: milliseconds }
 * </pre>
 *
 * @param maker the transaction without which there is no such contract; {@link #ELSEWHERE} where it
 *     was there before it was described
 */
public record KnownContract(
    Address address, String name, byte[] abiJson, Hash maker, long sinceMillis) {
  public static final Hash ELSEWHERE = Hash.ZERO;

  private static final int FIELDS = 4;

  public Abi abi() {
    return Abi.parse(JsonTree.parse(abiJson));
  }

  /** The one function that a path names, by its name or its whole signature. */
  public AbiItem.Function function(String nameOrSignature) {
    List<AbiItem.Function> found = abi().functions(nameOrSignature);
    if (found.isEmpty()) {
      throw new RefusedException(
          ContractRefusal.METHOD_NOT_FOUND, "the contract has no function " + nameOrSignature);
    }
    if (found.size() > 1) {
      String signatures =
          found.stream().map(AbiItem::signature).collect(Collectors.joining(" or "));
      throw new RefusedException(
          ContractRefusal.METHOD_AMBIGUOUS,
          found.size() + " functions are called " + nameOrSignature,
          "Name one of them by its signature: " + signatures + ".");
    }
    return found.getFirst();
  }

  byte[] toBytes() {
    return new CborWriter()
        .map(FIELDS)
        .unsigned(1)
        .text(name)
        .unsigned(2)
        .bytes(abiJson)
        .unsigned(3)
        .bytes(maker.bytes())
        .unsigned(4)
        .unsigned(sinceMillis)
        .toBytes();
  }

  static KnownContract ofBytes(Address address, byte[] bytes) {
    Parts parts = new Parts();
    CborReader cbor = new CborReader(bytes);
    cbor.numberedMap(
        FIELDS,
        field -> {
          switch ((int) field) {
            case 1 -> parts.name = cbor.text(RestLimit.CONTRACT_NAME_CHARACTERS_MAX.intValue() * 4);
            case 2 -> parts.abi = cbor.bytes(RestLimit.CONTRACT_ABI_BYTES_MAX.intValue());
            case 3 -> parts.maker = Hash.of(cbor.bytes(Hash.BYTES));
            case 4 -> parts.sinceMillis = cbor.unsigned();
            default -> throw new MalformedException("a contract has no field " + field);
          }
        });
    cbor.end();
    return new KnownContract(address, parts.name, parts.abi, parts.maker, parts.sinceMillis);
  }

  private static final class Parts {
    private String name = "";
    private byte[] abi = {};
    private Hash maker = ELSEWHERE;
    private long sinceMillis;
  }
}
