package io.mooring.evm.transaction;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Signature;
import io.mooring.evm.rlp.MalformedRlp;
import io.mooring.evm.rlp.RlpInput;
import io.mooring.evm.rlp.RlpOutput;
import io.mooring.evm.transaction.Transaction.AccessListed;
import io.mooring.evm.transaction.Transaction.Blob;
import io.mooring.evm.transaction.Transaction.DynamicFee;
import io.mooring.evm.transaction.Transaction.Legacy;
import io.mooring.evm.transaction.Transaction.SetCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The encodings of transactions: the list of old, and the type byte with a list of EIP-2718. */
final class TransactionCodec {
  private static final int LIST = 0xc0;
  private static final int V_BEFORE_EIP_155 = 27;
  private static final int V_SINCE_EIP_155 = 35;

  private TransactionCodec() {}

  static Hash signingHash(Transaction transaction) {
    RlpOutput output = new RlpOutput().startList();
    writeFields(transaction, output);
    if (transaction instanceof Legacy legacy) {
      if (legacy.chainId() != 0) {
        output.number(legacy.chainId()).number(0).number(0);
      }
      return Hash.keccak(output.endList().toBytes());
    }
    return typedHash(transaction.type(), output.endList());
  }

  static Hash typedHash(byte type, RlpOutput list) {
    return Hash.keccak(typed(type, list.toBytes()));
  }

  static byte[] encode(SignedTransaction signed) {
    Transaction transaction = signed.content();
    Signature signature = signed.signature();
    RlpOutput output = new RlpOutput().startList();
    writeFields(transaction, output);
    if (transaction instanceof Legacy legacy) {
      output.number(v(legacy.chainId(), signature.yParity()));
    } else {
      output.number(signature.yParity());
    }
    output.number(signature.r()).number(signature.s()).endList();
    return transaction instanceof Legacy
        ? output.toBytes()
        : typed(transaction.type(), output.toBytes());
  }

  private static U256 v(long chainId, int yParity) {
    if (chainId == 0) {
      return U256.of(V_BEFORE_EIP_155 + yParity);
    }
    U256 chain = U256.of(chainId);
    return chain.plus(chain).plus(U256.of(V_SINCE_EIP_155 + yParity));
  }

  private static byte[] typed(byte type, byte[] list) {
    byte[] typed = new byte[1 + list.length];
    typed[0] = type;
    System.arraycopy(list, 0, typed, 1, list.length);
    return typed;
  }

  /** The fields in the order of their encoding, without the signature. */
  private static void writeFields(Transaction transaction, RlpOutput output) {
    switch (transaction) {
      case Legacy legacy -> output.number(legacy.nonce()).number(legacy.gasPrice());
      case AccessListed listed ->
          output.number(listed.chainId()).number(listed.nonce()).number(listed.gasPrice());
      case DynamicFee fee -> writeFees(fee, output);
      case Blob blob -> writeFees(blob, output);
      case SetCode setCode -> writeFees(setCode, output);
    }
    output.number(transaction.gasLimit());
    transaction.to().ifPresentOrElse(output::address, () -> output.bytes(new byte[0]));
    output.number(transaction.value()).bytes(transaction.data());
    if (!(transaction instanceof Legacy)) {
      AccessListEntry.writeAll(transaction.accessList(), output);
    }
    if (transaction instanceof Blob blob) {
      output.number(blob.maxFeePerBlobGas()).startList();
      blob.blobHashes().forEach(hash -> output.bytes(hash.bytes()));
      output.endList();
    }
    if (transaction instanceof SetCode setCode) {
      Authorization.writeAll(setCode.authorizations(), output);
    }
  }

  private static void writeFees(Transaction transaction, RlpOutput output) {
    output
        .number(transaction.chainId())
        .number(transaction.nonce())
        .number(transaction.maxPriorityFeePerGas())
        .number(transaction.maxFeePerGas());
  }

  /**
   * @throws MalformedRlp if this is not the one encoding of a transaction
   */
  static SignedTransaction decode(byte[] envelope) {
    if (envelope.length == 0) {
      throw new MalformedRlp("no transaction at all");
    }
    int first = envelope[0] & 0xff;
    if (first >= LIST) {
      return legacy(RlpInput.ofList(envelope));
    }
    RlpInput fields = RlpInput.ofList(Arrays.copyOfRange(envelope, 1, envelope.length));
    return switch (first) {
      case 1 -> accessListed(fields);
      case 2 -> dynamicFee(fields);
      case 3 -> blob(fields);
      case 4 -> setCode(fields);
      default -> throw new MalformedRlp("no transaction has the type " + first);
    };
  }

  private static SignedTransaction legacy(RlpInput in) {
    Legacy open =
        new Legacy(0, in.number(), in.u256(), in.number(), recipient(in), in.u256(), in.bytes());
    long v = in.number();
    boolean bound = Long.compareUnsigned(v, V_SINCE_EIP_155) >= 0;
    long chainId = bound ? v - V_SINCE_EIP_155 >>> 1 : 0;
    if (bound ? chainId == 0 : v != V_BEFORE_EIP_155 && v != V_BEFORE_EIP_155 + 1) {
      throw new MalformedRlp("no signature has the v " + v);
    }
    Legacy transaction = open.onChain(chainId);
    return signed(transaction, (int) (bound ? v - V_SINCE_EIP_155 & 1 : v - V_BEFORE_EIP_155), in);
  }

  private static SignedTransaction accessListed(RlpInput in) {
    AccessListed transaction =
        new AccessListed(
            in.number(),
            in.number(),
            in.u256(),
            in.number(),
            recipient(in),
            in.u256(),
            in.bytes(),
            AccessListEntry.readAll(in));
    return signed(transaction, yParity(in), in);
  }

  private static SignedTransaction dynamicFee(RlpInput in) {
    DynamicFee transaction =
        new DynamicFee(
            in.number(),
            in.number(),
            in.u256(),
            in.u256(),
            in.number(),
            recipient(in),
            in.u256(),
            in.bytes(),
            AccessListEntry.readAll(in));
    return signed(transaction, yParity(in), in);
  }

  private static SignedTransaction blob(RlpInput in) {
    Blob transaction =
        new Blob(
            in.number(),
            in.number(),
            in.u256(),
            in.u256(),
            in.number(),
            recipient(in),
            in.u256(),
            in.bytes(),
            AccessListEntry.readAll(in),
            in.u256(),
            hashes(in.list()));
    return signed(transaction, yParity(in), in);
  }

  private static SignedTransaction setCode(RlpInput in) {
    SetCode transaction =
        new SetCode(
            in.number(),
            in.number(),
            in.u256(),
            in.u256(),
            in.number(),
            recipient(in),
            in.u256(),
            in.bytes(),
            AccessListEntry.readAll(in),
            Authorization.readAll(in));
    return signed(transaction, yParity(in), in);
  }

  private static SignedTransaction signed(Transaction transaction, int yParity, RlpInput in) {
    Signature signature = new Signature(in.u256(), in.u256(), yParity);
    in.end();
    return new SignedTransaction(transaction, signature);
  }

  private static int yParity(RlpInput in) {
    long yParity = in.number();
    if (yParity != 0 && yParity != 1) {
      throw new MalformedRlp("the parity of y is 0 or 1");
    }
    return (int) yParity;
  }

  private static @Nullable Address recipient(RlpInput in) {
    byte[] bytes = in.bytes();
    if (bytes.length != 0 && bytes.length != Address.BYTES) {
      throw new MalformedRlp("a recipient of " + bytes.length + " bytes");
    }
    return bytes.length == 0 ? null : Address.of(bytes);
  }

  private static List<Hash> hashes(RlpInput list) {
    List<Hash> hashes = new ArrayList<>();
    while (list.hasNext()) {
      hashes.add(Hash.of(list.bytes(Hash.BYTES)));
    }
    return hashes;
  }
}
