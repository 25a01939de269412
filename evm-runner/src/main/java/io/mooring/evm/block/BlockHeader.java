package io.mooring.evm.block;

import io.mooring.evm.Address;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.rlp.MalformedRlp;
import io.mooring.evm.rlp.RlpInput;
import io.mooring.evm.rlp.RlpOutput;

/**
 * What a block says of itself; its hash is the block's.
 *
 * <p>Later forks have put fields at the end. A header of an earlier {@link Format} has them as
 * zeros, and neither encodes nor hashes them.
 *
 * @param nonce of the proof of work, zero since Paris
 */
public record BlockHeader(
    Format format,
    Hash parentHash,
    Hash ommersHash,
    Address coinbase,
    Hash stateRoot,
    Hash transactionsRoot,
    Hash receiptsRoot,
    Bloom bloom,
    U256 difficulty,
    long number,
    long gasLimit,
    long gasUsed,
    long timestamp,
    byte[] extraData,
    Hash mixHash,
    long nonce,
    U256 baseFee,
    Hash withdrawalsRoot,
    long blobGasUsed,
    long excessBlobGas,
    Hash parentBeaconBlockRoot,
    Hash requestsHash) {
  /** The hash of an empty list of ommers. */
  public static final Hash NO_OMMERS = Hash.keccak(new RlpOutput().startList().endList().toBytes());

  private static final int NONCE_BYTES = Long.BYTES;

  /** Which fields a header has, named by the fork that put the last of them. */
  public enum Format {
    FRONTIER(Fork.FRONTIER),
    LONDON(Fork.LONDON),
    SHANGHAI(Fork.SHANGHAI),
    CANCUN(Fork.CANCUN),
    PRAGUE(Fork.PRAGUE);

    private final Fork since;

    Format(Fork since) {
      this.since = since;
    }

    public static Format of(Fork fork) {
      Format latest = FRONTIER;
      for (Format format : values()) {
        latest = fork.includes(format.since) ? format : latest;
      }
      return latest;
    }

    boolean has(Format fields) {
      return ordinal() >= fields.ordinal();
    }
  }

  public byte[] encode() {
    RlpOutput output =
        new RlpOutput()
            .startList()
            .bytes(parentHash.bytes())
            .bytes(ommersHash.bytes())
            .address(coinbase)
            .bytes(stateRoot.bytes())
            .bytes(transactionsRoot.bytes())
            .bytes(receiptsRoot.bytes())
            .bytes(bloom.bytes())
            .number(difficulty)
            .number(number)
            .number(gasLimit)
            .number(gasUsed)
            .number(timestamp)
            .bytes(extraData)
            .bytes(mixHash.bytes())
            .bytes(U256.of(nonce).bytes(), U256.BYTES - NONCE_BYTES, NONCE_BYTES);
    if (format.has(Format.LONDON)) {
      output.number(baseFee);
    }
    if (format.has(Format.SHANGHAI)) {
      output.bytes(withdrawalsRoot.bytes());
    }
    if (format.has(Format.CANCUN)) {
      output.number(blobGasUsed).number(excessBlobGas).bytes(parentBeaconBlockRoot.bytes());
    }
    if (format.has(Format.PRAGUE)) {
      output.bytes(requestsHash.bytes());
    }
    return output.endList().toBytes();
  }

  public Hash hash() {
    return Hash.keccak(encode());
  }

  /**
   * @throws MalformedRlp if this is not the one encoding of a header
   */
  public static BlockHeader decode(byte[] encoded) {
    RlpInput whole = RlpInput.of(encoded);
    BlockHeader header = read(whole);
    whole.end();
    return header;
  }

  static BlockHeader read(RlpInput input) {
    RlpInput in = input.list();
    Hash parentHash = hash(in);
    Hash ommersHash = hash(in);
    Address coinbase = in.address();
    Hash stateRoot = hash(in);
    Hash transactionsRoot = hash(in);
    Hash receiptsRoot = hash(in);
    Bloom bloom = Bloom.of(in.bytes(Bloom.BYTES));
    U256 difficulty = in.u256();
    long number = in.number();
    long gasLimit = in.number();
    long gasUsed = in.number();
    long timestamp = in.number();
    byte[] extraData = in.bytes();
    Hash mixHash = hash(in);
    long nonce = U256.of(in.bytes(NONCE_BYTES)).w0();

    Format format = Format.FRONTIER;
    U256 baseFee = U256.ZERO;
    Hash withdrawalsRoot = Hash.ZERO;
    long blobGasUsed = 0;
    long excessBlobGas = 0;
    Hash parentBeaconBlockRoot = Hash.ZERO;
    Hash requestsHash = Hash.ZERO;
    if (in.hasNext()) {
      format = Format.LONDON;
      baseFee = in.u256();
    }
    if (in.hasNext()) {
      format = Format.SHANGHAI;
      withdrawalsRoot = hash(in);
    }
    if (in.hasNext()) {
      format = Format.CANCUN;
      blobGasUsed = in.number();
      excessBlobGas = in.number();
      parentBeaconBlockRoot = hash(in);
    }
    if (in.hasNext()) {
      format = Format.PRAGUE;
      requestsHash = hash(in);
    }
    in.end();
    return new BlockHeader(
        format,
        parentHash,
        ommersHash,
        coinbase,
        stateRoot,
        transactionsRoot,
        receiptsRoot,
        bloom,
        difficulty,
        number,
        gasLimit,
        gasUsed,
        timestamp,
        extraData,
        mixHash,
        nonce,
        baseFee,
        withdrawalsRoot,
        blobGasUsed,
        excessBlobGas,
        parentBeaconBlockRoot,
        requestsHash);
  }

  private static Hash hash(RlpInput in) {
    return Hash.of(in.bytes(Hash.BYTES));
  }
}
