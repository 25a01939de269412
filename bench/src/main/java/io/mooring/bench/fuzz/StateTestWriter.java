package io.mooring.bench.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.state.AccountState;
import io.mooring.evm.transaction.AccessListEntry;
import io.mooring.evm.transaction.Authorization;
import io.mooring.evm.transaction.Transaction;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;

/** Cases as one file of state tests, each with what our engine made of it. */
final class StateTestWriter implements AutoCloseable {
  private final JsonGenerator json;

  StateTestWriter(OutputStream out) throws IOException {
    this.json = new JsonFactory().createGenerator(out);
    json.writeStartObject();
  }

  void write(FuzzCase fuzz, CaseRunner.Result result) throws IOException {
    json.writeObjectFieldStart(fuzz.name());
    writeBlock(fuzz);
    writeState(fuzz);
    writeTransaction(fuzz);
    json.writeObjectFieldStart("post");
    json.writeArrayFieldStart(nameOf(fuzz.fork()));
    json.writeStartObject();
    json.writeObjectFieldStart("indexes");
    json.writeNumberField("data", 0);
    json.writeNumberField("gas", 0);
    json.writeNumberField("value", 0);
    json.writeEndObject();
    json.writeStringField("hash", result.stateRoot().toString());
    json.writeStringField("logs", result.logsHash().toString());
    if (result.refused()) {
      json.writeStringField("expectException", "refused");
    }
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  /** The names that every runner of state tests knows. */
  static String nameOf(Fork fork) {
    return switch (fork) {
      case FRONTIER -> "Frontier";
      case HOMESTEAD -> "Homestead";
      case TANGERINE_WHISTLE -> "EIP150";
      case SPURIOUS_DRAGON -> "EIP158";
      case BYZANTIUM -> "Byzantium";
      case CONSTANTINOPLE -> "Constantinople";
      case PETERSBURG -> "ConstantinopleFix";
      case ISTANBUL -> "Istanbul";
      case BERLIN -> "Berlin";
      case LONDON -> "London";
      case PARIS -> "Paris";
      case SHANGHAI -> "Shanghai";
      case CANCUN -> "Cancun";
      case PRAGUE -> "Prague";
      case OSAKA -> "Osaka";
    };
  }

  private void writeBlock(FuzzCase fuzz) throws IOException {
    json.writeObjectFieldStart("env");
    json.writeStringField("currentCoinbase", fuzz.block().coinbase().toString());
    json.writeStringField("currentNumber", hex(fuzz.block().number()));
    json.writeStringField("currentTimestamp", hex(fuzz.block().timestamp()));
    json.writeStringField("currentGasLimit", hex(fuzz.block().gasLimit()));
    if (fuzz.fork().includes(Fork.PARIS)) {
      json.writeStringField("currentRandom", word(fuzz.block().difficulty()));
      json.writeStringField("currentDifficulty", "0x0");
    } else {
      json.writeStringField("currentDifficulty", fuzz.block().difficulty().toString());
    }
    if (fuzz.fork().includes(Fork.LONDON)) {
      json.writeStringField("currentBaseFee", fuzz.block().baseFee().toString());
    }
    if (fuzz.fork().includes(Fork.CANCUN)) {
      json.writeStringField("currentExcessBlobGas", hex(fuzz.excessBlobGas()));
    }
    json.writeEndObject();
  }

  private void writeState(FuzzCase fuzz) throws IOException {
    json.writeObjectFieldStart("pre");
    for (var entry : fuzz.before().accounts().entrySet()) {
      AccountState account = entry.getValue();
      json.writeObjectFieldStart(entry.getKey().toString());
      json.writeStringField("nonce", hex(account.nonce()));
      json.writeStringField("balance", account.balance().toString());
      json.writeStringField("code", hex(fuzz.before().code(account.codeHash()).bytes()));
      json.writeObjectFieldStart("storage");
      for (var slot : fuzz.before().storage(entry.getKey()).entrySet()) {
        json.writeStringField(word(slot.getKey()), word(slot.getValue()));
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void writeTransaction(FuzzCase fuzz) throws IOException {
    Transaction transaction = fuzz.transaction();
    json.writeObjectFieldStart("transaction");
    json.writeStringField("nonce", hex(transaction.nonce()));
    json.writeStringField("sender", fuzz.sender().toString());
    json.writeStringField("secretKey", hex(fuzz.secretKey()));
    json.writeStringField("to", transaction.to().map(Object::toString).orElse(""));
    writeArray("data", hex(transaction.data()));
    writeArray("gasLimit", hex(transaction.gasLimit()));
    writeArray("value", transaction.value().toString());
    switch (transaction) {
      case Transaction.Legacy legacy ->
          json.writeStringField("gasPrice", legacy.gasPrice().toString());
      case Transaction.AccessListed listed -> {
        json.writeStringField("gasPrice", listed.gasPrice().toString());
        writeAccessList(listed.accessList());
      }
      case Transaction.DynamicFee dynamic -> writeFees(dynamic);
      case Transaction.Blob blob -> {
        writeFees(blob);
        json.writeStringField("maxFeePerBlobGas", blob.maxFeePerBlobGas().toString());
        json.writeArrayFieldStart("blobVersionedHashes");
        for (Hash hash : blob.blobHashes()) {
          json.writeString(hash.toString());
        }
        json.writeEndArray();
      }
      case Transaction.SetCode setCode -> {
        writeFees(setCode);
        writeAuthorizations(setCode.authorizations());
      }
    }
    json.writeEndObject();
  }

  private void writeFees(Transaction transaction) throws IOException {
    json.writeStringField("maxFeePerGas", transaction.maxFeePerGas().toString());
    json.writeStringField("maxPriorityFeePerGas", transaction.maxPriorityFeePerGas().toString());
    writeAccessList(transaction.accessList());
  }

  private void writeAccessList(List<AccessListEntry> entries) throws IOException {
    json.writeArrayFieldStart("accessLists");
    json.writeStartArray();
    for (AccessListEntry entry : entries) {
      json.writeStartObject();
      json.writeStringField("address", entry.address().toString());
      json.writeArrayFieldStart("storageKeys");
      for (U256 key : entry.storageKeys()) {
        json.writeString(word(key));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndArray();
  }

  private void writeAuthorizations(List<Authorization> authorizations) throws IOException {
    json.writeArrayFieldStart("authorizationList");
    for (Authorization authorization : authorizations) {
      json.writeStartObject();
      json.writeStringField("chainId", authorization.chainId().toString());
      json.writeStringField("address", authorization.delegate().toString());
      json.writeStringField("nonce", hex(authorization.nonce()));
      json.writeStringField("v", hex(authorization.yParity()));
      json.writeStringField("r", authorization.r().toString());
      json.writeStringField("s", authorization.s().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeArray(String name, String value) throws IOException {
    json.writeArrayFieldStart(name);
    json.writeString(value);
    json.writeEndArray();
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }

  private static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }

  private static String word(U256 value) {
    return hex(value.bytes());
  }

  @Override
  public void close() throws IOException {
    json.writeEndObject();
    json.close();
  }
}
