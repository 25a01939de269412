package io.mooring.evm.besu;

import io.mooring.evm.Fork;
import io.mooring.evm.Limits;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.hyperledger.besu.evm.EVM;
import org.hyperledger.besu.evm.MainnetEVMs;
import org.hyperledger.besu.evm.contractvalidation.ContractValidationRule;
import org.hyperledger.besu.evm.contractvalidation.MaxCodeSizeRule;
import org.hyperledger.besu.evm.contractvalidation.PrefixCodeRule;
import org.hyperledger.besu.evm.frame.MessageFrame;
import org.hyperledger.besu.evm.internal.EvmConfiguration;
import org.hyperledger.besu.evm.internal.EvmConfiguration.WorldUpdaterMode;
import org.hyperledger.besu.evm.precompile.KZGPointEvalPrecompiledContract;
import org.hyperledger.besu.evm.precompile.MainnetPrecompiledContracts;
import org.hyperledger.besu.evm.precompile.PrecompileContractRegistry;
import org.hyperledger.besu.evm.processor.AbstractMessageProcessor;
import org.hyperledger.besu.evm.processor.ContractCreationProcessor;
import org.hyperledger.besu.evm.processor.MessageCallProcessor;

/** Besu's machine for one fork, one chain and one set of code sizes. */
final class Rules {
  private static final long JUMP_DESTINATIONS_CACHE_KILOBYTES = 32_000;

  private final EVM evm;
  private final MessageCallProcessor calls;
  private final ContractCreationProcessor creations;

  Rules(Fork fork, long chainId, int codeBytesMax, int initCodeBytesMax) {
    this.evm = evm(fork, chain(chainId), configuration(fork, codeBytesMax, initCodeBytesMax));
    this.calls = new MessageCallProcessor(evm, precompiles(fork));
    this.creations =
        new ContractCreationProcessor(
            evm,
            fork.includes(Fork.HOMESTEAD),
            codeRules(fork),
            fork.includes(Fork.SPURIOUS_DRAGON) ? 1 : 0);
  }

  /** Besu counts this refund, which London ended, when a transaction ends and not in its frames. */
  long selfDestructRefund(MessageFrame frame) {
    return frame.getSelfDestructs().size() * evm.getGasCalculator().getSelfDestructRefundAmount();
  }

  AbstractMessageProcessor processor(MessageFrame frame) {
    return switch (frame.getType()) {
      case MESSAGE_CALL -> calls;
      case CONTRACT_CREATION -> creations;
    };
  }

  private List<ContractValidationRule> codeRules(Fork fork) {
    return fork.includes(Fork.LONDON)
        ? List.of(MaxCodeSizeRule.from(evm), PrefixCodeRule.of())
        : List.of(MaxCodeSizeRule.from(evm));
  }

  private static EvmConfiguration configuration(
      Fork fork, int codeBytesMax, int initCodeBytesMax) {
    return new EvmConfiguration(
        JUMP_DESTINATIONS_CACHE_KILOBYTES,
        WorldUpdaterMode.STACKED,
        true,
        MessageFrame.DEFAULT_MAX_STACK_SIZE,
        fork.includes(Fork.SPURIOUS_DRAGON) ? Optional.of(codeBytesMax) : Optional.empty(),
        fork.includes(Fork.SHANGHAI) ? Optional.of(initCodeBytesMax) : Optional.empty());
  }

  private static BigInteger chain(long unsigned) {
    return new BigInteger(Long.toUnsignedString(unsigned));
  }

  private static EVM evm(Fork fork, BigInteger chain, EvmConfiguration with) {
    return switch (fork) {
      case FRONTIER -> MainnetEVMs.frontier(with);
      case HOMESTEAD -> MainnetEVMs.homestead(with);
      case TANGERINE_WHISTLE -> MainnetEVMs.tangerineWhistle(with);
      case SPURIOUS_DRAGON -> MainnetEVMs.spuriousDragon(with);
      case BYZANTIUM -> MainnetEVMs.byzantium(with);
      case CONSTANTINOPLE -> MainnetEVMs.constantinople(with);
      case PETERSBURG -> MainnetEVMs.petersburg(with);
      case ISTANBUL -> MainnetEVMs.istanbul(chain, with);
      case BERLIN -> MainnetEVMs.berlin(chain, with);
      case LONDON -> MainnetEVMs.london(chain, with);
      case PARIS -> MainnetEVMs.paris(chain, with);
      case SHANGHAI -> MainnetEVMs.shanghai(chain, with);
      case CANCUN -> MainnetEVMs.cancun(chain, with);
      case PRAGUE -> MainnetEVMs.prague(chain, with);
      case OSAKA -> MainnetEVMs.osaka(chain, with);
    };
  }

  private PrecompileContractRegistry precompiles(Fork fork) {
    var gas = evm.getGasCalculator();
    if (fork.includes(Fork.CANCUN)) {
      KZGPointEvalPrecompiledContract.init();
    }
    return switch (fork) {
      case FRONTIER -> MainnetPrecompiledContracts.frontier(gas);
      case HOMESTEAD, TANGERINE_WHISTLE, SPURIOUS_DRAGON ->
          MainnetPrecompiledContracts.homestead(gas);
      case BYZANTIUM, CONSTANTINOPLE, PETERSBURG -> MainnetPrecompiledContracts.byzantium(gas);
      case ISTANBUL, BERLIN, LONDON, PARIS, SHANGHAI -> MainnetPrecompiledContracts.istanbul(gas);
      case CANCUN -> MainnetPrecompiledContracts.cancun(gas);
      case PRAGUE -> MainnetPrecompiledContracts.prague(gas);
      case OSAKA -> MainnetPrecompiledContracts.osaka(gas);
    };
  }

  /** What tells one set of rules from another. */
  record Key(Fork fork, long chainId, int codeBytesMax, int initCodeBytesMax) {
    Key(Fork fork, long chainId, Limits limits) {
      this(fork, chainId, limits.codeBytesMax(), limits.initCodeBytesMax());
    }

    Rules rules() {
      return new Rules(fork, chainId, codeBytesMax, initCodeBytesMax);
    }
  }
}
