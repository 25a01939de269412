package io.mooring.ledgers;

import io.mooring.ledger.Hash;
import io.mooring.platform.Ids;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Outcome.EffectRefused;
import io.mooring.platform.commit.Outcome.Replayed;
import io.mooring.platform.commit.Repetition;
import io.mooring.platform.commit.Write;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.Table;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/**
 * The ledgers of all tenants. Creating one is an entry of its tenant's journal; what it is stands
 * in its own first entry too.
 *
 * <pre>
 * pk                      sk                       body
 * T#ten_acme#             LEDGER#led_1#            {@link LedgerCbor}
 * T#ten_acme#             LEDGERNAME#shipments#    led_1
 * T#ten_acme#             LEDGERCLOSED#led_1#      empty; written by the ledger's last commit
 * T#ten_operator#         LEDGEROF#led_1#          ten_acme
 * T#ten_operator#         SLOT#…7#                 ten_acme/led_1
 * </pre>
 */
public final class LedgerRegister {
  /** How often a ledger loses its slot to another one that is made at the same time. */
  static final int SLOT_TRIES_MAX = 64;

  static final int REMEMBERED_MAX = 10_000;

  static final String CREATED = "ledger.created";
  static final String GENESIS = "mooring.genesis";
  static final String CLOSED = "mooring.closed";

  private static final Pattern ID = Pattern.compile("led_[0-9a-z]{4,32}");

  private final Committer committer;
  private final Table table;
  private final LedgerKeys keys;
  private final String baseOrigin;
  private final InstantSource clock;
  private final Ids ids;
  private final Slots slots;
  private final Map<Kind, LedgerKind> kinds = new EnumMap<>(Kind.class);

  /** What a ledger is never changes, so it is read once. */
  private final ConcurrentMap<LedgerId, Ledger> remembered = new ConcurrentHashMap<>();

  private final ConcurrentMap<LedgerId, Boolean> born = new ConcurrentHashMap<>();

  public LedgerRegister(
      Committer committer,
      Table table,
      LedgerKeys keys,
      String baseOrigin,
      InstantSource clock,
      Ids ids) {
    this(committer, table, keys, baseOrigin, clock, ids, List.of());
  }

  public LedgerRegister(
      Committer committer,
      Table table,
      LedgerKeys keys,
      String baseOrigin,
      InstantSource clock,
      Ids ids,
      List<LedgerKind> kinds) {
    this.committer = committer;
    this.table = table;
    this.keys = keys;
    this.baseOrigin = baseOrigin;
    this.clock = clock;
    this.ids = ids;
    this.slots = new Slots(table);
    kinds.forEach(kind -> this.kinds.put(kind.kind(), kind));
  }

  /** Makes a ledger; a repetition of the request gives the ledger that was made first. */
  public Ledger create(TenantId tenant, String submitter, NewLedger wanted, Repetition repetition) {
    if (wanted.name().equals(LedgerName.JOURNAL)) {
      throw nameTaken(wanted.name());
    }
    if (wanted.kind() != Kind.LOG && kind(wanted.kind()).isEmpty()) {
      throw new RefusedException(
          LedgerRefusal.LEDGER_KIND_UNKNOWN,
          "nobody here makes ledgers of kind " + wanted.kind().word());
    }
    return register(new LedgerId(tenant, ids.next("led_")), submitter, wanted, repetition);
  }

  /** The journal as a ledger; it gets its slot when somebody first asks for it. */
  public Ledger journal(TenantId tenant) {
    LedgerId id = LedgerId.journal(tenant);
    Optional<Ledger> known = read(id);
    if (known.isPresent()) {
      return known.get();
    }
    NewLedger journal = new NewLedger(LedgerName.JOURNAL, Kind.LOG, Readers.AUDITORS, 0);
    try {
      return register(id, "", journal, new Repetition.Free());
    } catch (RefusedException e) {
      // Whoever asked at the same time may have come first.
      return read(id).orElseThrow(() -> e);
    }
  }

  /** The ledger of a tenant by its id or its name. */
  public Ledger ofTenant(TenantId tenant, String idOrName) {
    return find(tenant, idOrName).orElseThrow(() -> notFound(idOrName));
  }

  /**
   * The ledger of that id, whoever's it is. Who asks must then be shown to be one of its readers.
   */
  public Optional<Ledger> ofAnyone(String id) {
    if (!isId(id)) {
      return Optional.empty();
    }
    Item owner = table.get(ownerKey(id));
    return owner.exists() ? read(new LedgerId(new TenantId(text(owner)), id)) : Optional.empty();
  }

  /**
   * The ledger of that id, or of that name in the caller's tenant, if the caller may see it. To
   * everybody else it does not exist.
   */
  public Ledger readable(Optional<Caller> caller, String idOrName) {
    Optional<Ledger> own = caller.flatMap(who -> find(who.tenant(), idOrName));
    if (own.isPresent()) {
      requireReader(caller.orElseThrow(), own.get());
      return own.get();
    }
    return ofAnyone(idOrName)
        .filter(ledger -> ledger.readers() == Readers.PUBLIC)
        .orElseThrow(
            () ->
                new RefusedException(
                    LedgerRefusal.LEDGER_NOT_FOUND, "no ledger of that name is shown to you"));
  }

  /** Refuses a caller of the ledger's own tenant who may not read it. */
  public static void requireReader(Caller caller, Ledger ledger) {
    boolean may =
        switch (ledger.readers()) {
          case PUBLIC -> true;
          case AUDITORS -> caller.may(Scope.LEDGERS_READ) || caller.may(Scope.EVIDENCE_READ);
          case PRIVATE -> caller.may(Scope.LEDGERS_READ);
        };
    if (!may) {
      throw new RefusedException(
          PlatformRefusal.SCOPE_MISSING, "this needs the scope " + Scope.LEDGERS_READ.word());
    }
  }

  /** At most {@code limit} of a tenant's ledgers in the order of their making. */
  public List<Ledger> list(TenantId tenant, String afterId, int limit) {
    Prefix prefix = Prefix.of(tenant, "LEDGER");
    var page =
        afterId.isEmpty()
            ? table.first(prefix, limit)
            : table.after(prefix, Key.of(tenant, "LEDGER", afterId), limit);
    return page.items().stream().map(item -> LedgerCbor.read(tenant, item.body())).toList();
  }

  public boolean isClosed(Ledger ledger) {
    return table.get(closedKey(ledger.id())).exists();
  }

  /** Makes the closing entry the last one that the ledger takes; closing twice is closing once. */
  public void close(Ledger ledger, String submitter, Repetition repetition) {
    requireWritable(ledger);
    Write write =
        Write.to(ledger.id())
            .by(submitter)
            .entry(NewEntry.of(CLOSED, ledger.id().value(), Content.json("{}")))
            .effect(Effect.create(closedKey(ledger.id()), new byte[0]))
            .andClose();
    Outcome outcome = committer.commit(repeated(write, repetition, new byte[0]));
    boolean closedBefore =
        outcome instanceof Outcome.LedgerClosed || outcome instanceof EffectRefused;
    if (!closedBefore) {
      UncommittedException.receipt(outcome);
    }
  }

  /** Sees to it that a ledger's first entry is there. */
  public void begun(Ledger ledger) {
    requireWritable(ledger);
  }

  /** What readers are shown of a ledger because of its kind: JSON values by their names. */
  public Map<String, byte[]> shown(Ledger ledger) {
    return kind(ledger.kind()).map(kind -> kind.shown(ledger)).orElse(Map.of());
  }

  /** Derives again what the ledger's kind derives; how many objects that makes. */
  public long rebuild(Ledger ledger) {
    return kind(ledger.kind()).map(kind -> kind.rebuild(ledger)).orElse(0L);
  }

  /** Deletes what the ledger's kind derived from entries that it does not have. */
  public void cutOff(LedgerId id, long size) {
    read(id).ifPresent(ledger -> kind(ledger.kind()).ifPresent(kind -> kind.cutOff(ledger, size)));
  }

  private Optional<LedgerKind> kind(Kind kind) {
    return Optional.ofNullable(kinds.get(kind));
  }

  /** Refuses the journal, and sees to it that a new ledger's first entry says what it is. */
  void requireWritable(Ledger ledger) {
    if (ledger.isJournal()) {
      throw new RefusedException(
          LedgerRefusal.JOURNAL_IS_KEPT, "the journal takes no entries from outside");
    }
    if (born.containsKey(ledger.id())) {
      return;
    }
    Optional<LedgerKind> kind = kind(ledger.kind());
    Map<String, byte[]> more = kind.map(its -> its.genesis(ledger)).orElse(Map.of());
    Content facts = Content.of("application/json", LedgerJson.facts(ledger, more));
    UncommittedException.receipt(
        committer.commit(
            Write.to(ledger.id())
                .entry(NewEntry.of(GENESIS, ledger.id().value(), facts))
                .once(IdempotencyKey.of(GENESIS, ledger.id().value()), Hash.ofNothing())));
    remember(born, ledger.id(), true);
  }

  private Ledger register(LedgerId id, String submitter, NewLedger wanted, Repetition repetition) {
    String origin = baseOrigin + "/" + (isShared(id) ? id.tenant() + "/" : "") + id.value();
    String verifierKey = keys.signer(origin).verifierKey().toString();
    for (int tries = 0; tries < SLOT_TRIES_MAX; tries++) {
      Ledger ledger =
          new Ledger(
              id,
              wanted.name(),
              wanted.kind(),
              wanted.readers(),
              origin,
              verifierKey,
              slots.firstFree(),
              wanted.retentionDays(),
              clock.millis());
      List<Effect> plan =
          kind(ledger.kind())
              .map(kind -> kind.plan(id, wanted.details(), ledger.createdMillis()))
              .orElse(List.of());
      Outcome outcome = committer.commit(creation(ledger, plan, submitter, repetition));
      switch (outcome) {
        case EffectRefused(Effect effect, Item now)
            when Slots.isSlot(effect.key()) || plan.contains(effect) -> {}
        case EffectRefused refused -> throw nameTaken(wanted.name());
        case Replayed replayed -> {
          LedgerId first = new LedgerId(id.tenant(), text(replayed.answer()));
          Ledger earlier = read(first).orElseThrow(() -> notFound(first.value()));
          beginIfNew(earlier);
          return earlier;
        }
        default -> {
          UncommittedException.receipt(outcome);
          beginIfNew(ledger);
          return ledger;
        }
      }
    }
    throw new RefusedException(
        PlatformRefusal.OVERLOADED, "too many ledgers are being made at once");
  }

  private Write creation(
      Ledger ledger, List<Effect> plan, String submitter, Repetition repetition) {
    LedgerId id = ledger.id();
    Content facts = Content.of("application/json", LedgerJson.facts(ledger, Map.of()));
    Write write =
        Write.to(LedgerId.journal(id.tenant()))
            .by(submitter)
            .entry(NewEntry.of(CREATED, id.value(), facts))
            .effect(Effect.create(nameKey(id.tenant(), ledger.name()), bytes(id.value())))
            .effect(Effect.create(key(id), LedgerCbor.write(ledger)))
            .effect(Slots.take(ledger.slot(), id));
    for (Effect effect : plan) {
      write = write.effect(effect);
    }
    if (!isShared(id)) {
      write = write.effect(Effect.create(ownerKey(id.value()), bytes(id.tenant().value())));
    }
    return repeated(write, repetition, bytes(id.value()));
  }

  private void beginIfNew(Ledger ledger) {
    if (!ledger.isJournal()) {
      requireWritable(ledger);
    }
  }

  static Write repeated(Write write, Repetition repetition, byte[] answer) {
    return switch (repetition) {
      case Repetition.Free() -> write;
      case Repetition.Keyed keyed -> write.once(keyed.key(), keyed.body(), answer);
    };
  }

  public Optional<Ledger> find(TenantId tenant, String idOrName) {
    if (idOrName.equals(LedgerName.JOURNAL.value())
        || idOrName.equals(LedgerId.journal(tenant).value())) {
      return Optional.of(journal(tenant));
    }
    if (isId(idOrName)) {
      return read(new LedgerId(tenant, idOrName));
    }
    if (!LedgerName.isOne(idOrName)) {
      return Optional.empty();
    }
    Item named = table.get(nameKey(tenant, new LedgerName(idOrName)));
    return named.exists() ? read(new LedgerId(tenant, text(named))) : Optional.empty();
  }

  private Optional<Ledger> read(LedgerId id) {
    Ledger known = remembered.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    Item item = table.get(key(id));
    if (!item.exists()) {
      return Optional.empty();
    }
    Ledger ledger = LedgerCbor.read(id.tenant(), item.body());
    remember(remembered, id, ledger);
    return Optional.of(ledger);
  }

  private static <V> void remember(ConcurrentMap<LedgerId, V> memory, LedgerId id, V value) {
    if (memory.size() >= REMEMBERED_MAX) {
      memory.clear(); // all of it can be read again
    }
    memory.put(id, value);
  }

  /** Every tenant's journal has the same id, so it is known by tenant only. */
  private static boolean isShared(LedgerId id) {
    return id.equals(LedgerId.journal(id.tenant()));
  }

  private static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  private static Key key(LedgerId id) {
    return Key.of(id.tenant(), "LEDGER", id.value());
  }

  private static Key nameKey(TenantId tenant, LedgerName name) {
    return Key.of(tenant, "LEDGERNAME", name.value());
  }

  private static Key closedKey(LedgerId id) {
    return Key.of(id.tenant(), "LEDGERCLOSED", id.value());
  }

  private static Key ownerKey(String id) {
    return Key.of(TenantId.OPERATOR, "LEDGEROF", id);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Item item) {
    return text(item.body());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static RefusedException notFound(String idOrName) {
    return new RefusedException(
        LedgerRefusal.LEDGER_NOT_FOUND, "no ledger '" + idOrName + "' here");
  }

  private static RefusedException nameTaken(LedgerName name) {
    return new RefusedException(
        LedgerRefusal.LEDGER_NAME_TAKEN, "there is a ledger named '" + name + "'");
  }
}
