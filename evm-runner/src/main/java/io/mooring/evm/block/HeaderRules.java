package io.mooring.evm.block;

import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.block.BlockHeader.Format;
import io.mooring.evm.rlp.RlpOutput;
import io.mooring.evm.transaction.BlobSchedule;
import io.mooring.evm.transaction.Transaction;
import io.mooring.evm.transaction.TransactionRules;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What a chain demands of a block before it runs it: that the header follows from its parent. */
public final class HeaderRules {
  public static final int EXTRA_DATA_BYTES_MAX = 32;
  public static final long GAS_LIMIT_MIN = 5_000;

  /** What a block may have in bytes since Osaka (EIP-7934). */
  public static final int BLOCK_BYTES_MAX = (10 << 20) - (2 << 20);

  public static final int OMMERS_MAX = 2;
  public static final int OMMER_GENERATIONS_MAX = 6;

  private static final long GAS_LIMIT_STEPS = 1_024;

  /** London doubled the limit, for it aims at the half of it (EIP-1559). */
  private static final long ELASTICITY = 2;

  private final Function<BlockHeader, TransactionRules> rules;

  public HeaderRules(TransactionRules rules) {
    this(header -> rules);
  }

  /** For chains whose rules change on the way. */
  public HeaderRules(Function<BlockHeader, TransactionRules> rules) {
    this.rules = rules;
  }

  /**
   * @param parents finds a block of the chain by its hash
   * @throws InvalidBlock naming the first rule that is broken
   */
  public void check(Block block, Block parent, Function<Hash, Optional<Block>> parents) {
    check(block.header(), parent.header(), !parent.ommers().isEmpty());
    require(
        !forkOf(block.header()).includes(Fork.OSAKA) || block.encode().length <= BLOCK_BYTES_MAX,
        "the block is larger than a block may be");
    checkOmmers(block, parents);
  }

  private void check(BlockHeader header, BlockHeader parent, boolean parentHasOmmers) {
    Fork fork = forkOf(header);
    require(header.format() == Format.of(fork), "the header has not the fields of " + fork);
    require(header.number() == parent.number() + 1, "the number does not follow the parent's");
    require(
        Long.compareUnsigned(header.timestamp(), parent.timestamp()) > 0,
        "the timestamp is not after the parent's");
    require(header.extraData().length <= EXTRA_DATA_BYTES_MAX, "the extra data is too long");
    require(
        Long.compareUnsigned(header.gasUsed(), header.gasLimit()) <= 0,
        "more gas was used than the limit");
    boolean firstWithBaseFee = fork.includes(Fork.LONDON) && !parent.format().has(Format.LONDON);
    long gasLimit = firstWithBaseFee ? ELASTICITY * parent.gasLimit() : parent.gasLimit();
    require(
        header.gasLimit() >= GAS_LIMIT_MIN
            && Math.abs(header.gasLimit() - gasLimit) < gasLimit / GAS_LIMIT_STEPS,
        "the gas limit is too far from the parent's, or too low");
    if (fork.includes(Fork.LONDON)) {
      U256 baseFee =
          firstWithBaseFee
              ? FeeMarket.INITIAL_BASE_FEE
              : FeeMarket.nextBaseFee(parent.baseFee(), parent.gasLimit(), parent.gasUsed());
      require(header.baseFee().equals(baseFee), "the base fee is not " + baseFee);
    }
    if (fork.includes(Fork.CANCUN)) {
      checkBlobs(header, parent);
    }
    U256 difficulty =
        fork.includes(Fork.PARIS)
            ? U256.ZERO
            : Difficulty.next(
                fork,
                header.number(),
                header.timestamp(),
                parent.difficulty(),
                parent.timestamp(),
                parentHasOmmers);
    require(header.difficulty().equals(difficulty), "the difficulty is not " + difficulty);
    require(!fork.includes(Fork.PARIS) || header.nonce() == 0, "the nonce is not zero");
  }

  private void checkBlobs(BlockHeader header, BlockHeader parent) {
    BlobSchedule blobs = rules.apply(header).blobs();
    long excess =
        FeeMarket.nextExcessBlobGas(
            forkOf(header), blobs, parent.excessBlobGas(), parent.blobGasUsed(), parent.baseFee());
    require(header.excessBlobGas() == excess, "the excess blob gas is not " + excess);
    require(
        Long.compareUnsigned(header.blobGasUsed(), blobs.blobGasMax()) <= 0
            && header.blobGasUsed() % Transaction.Blob.GAS_PER_BLOB == 0,
        "the blob gas used is not that of blobs that fit a block");
  }

  private void checkOmmers(Block block, Function<Hash, Optional<Block>> parents) {
    RlpOutput encoded = new RlpOutput().startList();
    block.ommers().forEach(ommer -> encoded.encoded(ommer.encode()));
    Hash hash = Hash.keccak(encoded.endList().toBytes());
    require(block.header().ommersHash().equals(hash), "the ommers hash is not " + hash);
    int allowed = forkOf(block.header()).includes(Fork.PARIS) ? 0 : OMMERS_MAX;
    require(block.ommers().size() <= allowed, "there are too many ommers");
    if (block.ommers().isEmpty()) {
      return;
    }

    Set<Hash> known = new HashSet<>();
    Set<Hash> ancestors = new HashSet<>();
    Optional<Block> ancestor = parents.apply(block.header().parentHash());
    for (int i = 0; i <= OMMER_GENERATIONS_MAX && ancestor.isPresent(); i++) {
      ancestors.add(ancestor.get().header().hash());
      known.add(ancestor.get().header().hash());
      ancestor.get().ommers().forEach(ommer -> known.add(ommer.hash()));
      ancestor = parents.apply(ancestor.get().header().parentHash());
    }
    for (BlockHeader ommer : block.ommers()) {
      require(known.add(ommer.hash()), "an ommer is an ancestor or was taken before");
      Optional<Block> parent = parents.apply(ommer.parentHash());
      require(
          parent.isPresent()
              && ancestors.contains(ommer.parentHash())
              && !ommer.parentHash().equals(block.header().parentHash()),
          "an ommer does not stand beside one of the last six blocks");
      check(ommer, parent.orElseThrow().header(), !parent.orElseThrow().ommers().isEmpty());
    }
  }

  private Fork forkOf(BlockHeader header) {
    return rules.apply(header).fork();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new InvalidBlock(otherwise);
    }
  }
}
