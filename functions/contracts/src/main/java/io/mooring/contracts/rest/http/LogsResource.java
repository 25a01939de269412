package io.mooring.contracts.rest.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.contracts.ContractRefusal;
import io.mooring.contracts.abi.AbiItem;
import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.Chains;
import io.mooring.contracts.chain.FoundLog;
import io.mooring.contracts.chain.LogCursor;
import io.mooring.contracts.chain.LogFilter;
import io.mooring.contracts.chain.LogPage;
import io.mooring.contracts.rest.EventViews;
import io.mooring.contracts.rest.KnownContracts;
import io.mooring.contracts.rest.LogPages;
import io.mooring.contracts.rpc.RpcLimit;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerRegister;
import io.mooring.platform.http.Anybody;
import io.mooring.platform.http.CurrentCaller;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.page.PageTokens;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A chain's logs by pages, without a window of blocks: the twin of {@code eth_getLogs}. */
@Anybody
@Path("/v1/ledgers/{ledger}/logs")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class LogsResource {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final int TOPICS_MAX = 4;

  private final LedgerRegister register;
  private final Chains chains;
  private final KnownContracts contracts;
  private final LogPages pages;
  private final CurrentCaller current;
  private final PageTokens tokens;

  LogsResource(
      LedgerRegister register,
      Chains chains,
      KnownContracts contracts,
      LogPages pages,
      CurrentCaller current,
      PageTokens tokens) {
    this.register = register;
    this.chains = chains;
    this.contracts = contracts;
    this.pages = pages;
    this.current = current;
    this.tokens = tokens;
  }

  @GET
  public byte[] list(
      @PathParam("ledger") String idOrName,
      @QueryParam("address") @Nullable String address,
      @QueryParam("event") @Nullable String event,
      @QueryParam("topic0") @Nullable String topic0,
      @QueryParam("topic1") @Nullable String topic1,
      @QueryParam("topic2") @Nullable String topic2,
      @QueryParam("topic3") @Nullable String topic3,
      @QueryParam("fromBlock") @Nullable String fromBlock,
      @QueryParam("toBlock") @Nullable String toBlock,
      @QueryParam("perPage") @Nullable String perPage,
      @QueryParam("pageToken") @Nullable String pageToken) {
    Ledger ledger = register.readable(current.ifAny(), idOrName);
    Chain chain = chains.of(ledger);
    EventViews views = new EventViews(contracts, chain);
    Set<Address> addresses = set(address, "address", LogsResource::address);
    List<Set<Hash>> topics = new ArrayList<>();
    for (String topic : Arrays.asList(topic0, topic1, topic2, topic3)) {
      topics.add(set(topic, "topic", LogsResource::topic));
    }
    if (event != null) {
      if (topic0 != null) {
        throw invalid("there is event or topic0");
      }
      topics.set(0, signatures(event, addresses, views));
    }
    LogFilter filter =
        new LogFilter(
            number(fromBlock, "fromBlock", 0),
            number(toBlock, "toBlock", Long.MAX_VALUE),
            addresses,
            shortened(topics));
    // A token goes on with the list that it was given out for, and with no other.
    String list = ledger.id().value() + "\n" + filter;
    PageRequest page = tokens.read(ledger.id().tenant(), list, perPage, pageToken);

    LogPage found = pages.page(chain, filter, cursor(page.after()), page.items());

    ObjectNode answer = JsonTree.object();
    ArrayNode items = answer.putArray("items");
    found.logs().forEach(log -> items.add(view(views, log)));
    if (found.more()) {
      String next = found.next().block() + "/" + found.next().log();
      answer.put("nextPageToken", tokens.issue(ledger.id().tenant(), list, next));
    }
    return JsonTree.bytes(answer);
  }

  private static ObjectNode view(EventViews views, FoundLog found) {
    return views
        .view(found.log())
        .put("block", found.blockNumber())
        .put("blockHash", found.blockHash().toString())
        .put("blockTime", found.blockTimestamp())
        .put("transaction", found.transactionHash().toString())
        .put("indexInBlock", found.transactionIndex())
        .put("logIndex", found.logIndex());
  }

  /** A whole signature needs no description; a name is looked up in those of the addresses. */
  private static Set<Hash> signatures(String event, Set<Address> addresses, EventViews views) {
    if (event.indexOf('(') > 0) {
      return Set.of(Hash.keccak(event.getBytes(StandardCharsets.UTF_8)));
    }
    Set<Hash> found = new HashSet<>();
    for (Address address : addresses) {
      views.abi(address).stream()
          .flatMap(abi -> abi.events(event).stream())
          .map(AbiItem::signatureHash)
          .forEach(found::add);
    }
    if (found.isEmpty()) {
      throw new RefusedException(
          ContractRefusal.EVENT_NOT_FOUND, "no contract of the addresses tells " + event);
    }
    return found;
  }

  /** Topics that are asked for at no place say nothing, and logs may have fewer. */
  private static List<Set<Hash>> shortened(List<Set<Hash>> topics) {
    int length = TOPICS_MAX;
    while (length > 0 && topics.get(length - 1).isEmpty()) {
      length--;
    }
    return topics.subList(0, length);
  }

  private static LogCursor cursor(String position) {
    if (position.isEmpty()) {
      return LogCursor.START;
    }
    String[] parts = position.split("/", 2);
    return new LogCursor(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
  }

  private static <T> Set<T> set(@Nullable String text, String name, Function<String, T> read) {
    if (text == null) {
      return Set.of();
    }
    String[] parts = text.split(",", -1);
    if (parts.length > RpcLimit.RPC_LOG_ADDRESSES_MAX.value()) {
      throw invalid(name + " names more than " + RpcLimit.RPC_LOG_ADDRESSES_MAX.value());
    }
    Set<T> values = new HashSet<>();
    for (String part : parts) {
      values.add(read.apply(part));
    }
    return values;
  }

  private static Address address(String text) {
    try {
      return Body.inPath(text);
    } catch (RefusedException none) {
      throw invalid(none.detail());
    }
  }

  private static Hash topic(String text) {
    if (!text.matches("0x[0-9a-fA-F]{64}")) {
      throw invalid("a topic has 32 bytes behind 0x");
    }
    return Hash.fromHex(text);
  }

  private static long number(@Nullable String text, String name, long unasked) {
    if (text == null) {
      return unasked;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw invalid(name + " is the number of a block");
    }
    return Long.parseLong(text);
  }

  private static RefusedException invalid(String words) {
    return new RefusedException(PlatformRefusal.PARAMETER_INVALID, words);
  }
}
