package io.mooring.platform.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.table.DerivedItems.Derived;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every table must do. Each adapter runs these tests by extending this class. */
public abstract class TableContract {
  private static final TenantId ACME = new TenantId("ten_acme");
  private static final Prefix THINGS = Prefix.of(ACME, "THING");

  /** A table that nobody has written to, seen from both sides. */
  public record Fresh(Table table, DerivedItems derived) {}

  protected abstract Fresh fresh();

  @Test
  void pagesThroughAPrefixInOrderAndSaysWhenThatWasAll() {
    Fresh fresh = fresh();
    fresh.derived().put(IntStream.range(0, 57).mapToObj(TableContract::thing).toList());

    List<Item> read = new ArrayList<>();
    Page page = fresh.table().first(THINGS, 19);
    read.addAll(page.items());
    while (page.more()) {
      assertEquals(19, page.items().size());
      page = fresh.table().after(THINGS, read.getLast().key(), 19);
      read.addAll(page.items());
    }
    assertEquals(IntStream.range(0, 57).mapToObj(i -> thing(i).item()).toList(), read);
  }

  @Test
  void tellsEveryItemOfMoreThanOnePage() {
    Fresh fresh = fresh();
    List<DerivedItems.Derived> things =
        IntStream.rangeClosed(0, Table.PAGE_ITEMS_MAX).mapToObj(TableContract::thing).toList();
    fresh.derived().put(things);

    List<Item> told = new ArrayList<>();
    fresh.table().forEach(THINGS, told::add);

    assertEquals(things.size(), told.size());
    assertEquals(
        things.stream().map(DerivedItems.Derived::item).collect(Collectors.toSet()),
        Set.copyOf(told));
  }

  @Test
  void anExactlyFullLastPageIsTheLast() {
    Fresh fresh = fresh();
    fresh.derived().put(List.of(thing(1), thing(2)));
    assertFalse(fresh.table().first(THINGS, 2).more());
    assertTrue(fresh.table().first(THINGS, 1).more());
    assertEquals(List.of(), fresh.table().after(THINGS, thing(2).item().key(), 2).items());
  }

  @Test
  void aPrefixNeverCoversALongerNameOrAnotherTenant() {
    Fresh fresh = fresh();
    fresh
        .derived()
        .put(
            List.of(
                derived(Key.of(ACME, "THING2", "1")),
                derived(Key.of(new TenantId("ten_acme2"), "THING", "1")),
                derived(Key.of(LedgerId.journal(ACME), "THING", "1"))));
    assertEquals(List.of(), fresh.table().first(THINGS, 10).items());
  }

  @Test
  void aWholePartitionHasEveryKindAndNothingOfAnother() {
    Fresh fresh = fresh();
    List<Derived> own =
        List.of(
            derived(Key.of(ACME, "ACCOUNT", "1")),
            derived(Key.of(ACME, "THING", "1")),
            derived(Key.of(ACME, "THING", "2")));
    fresh.derived().put(own);
    fresh
        .derived()
        .put(
            List.of(
                derived(Key.of(new TenantId("ten_acme2"), "THING", "1")),
                derived(Key.of(LedgerId.journal(ACME), "THING", "1"))));
    List<Item> items = own.stream().map(Derived::item).toList();

    assertEquals(new Page(items.subList(0, 2), true), fresh.table().first(Prefix.all(ACME), 2));
    assertEquals(
        new Page(items.subList(1, 3), false),
        fresh.table().after(Prefix.all(ACME), items.getFirst().key(), 2));
    assertEquals(
        List.of(Key.of(LedgerId.journal(ACME), "THING", "1")),
        fresh.table().first(Prefix.all(LedgerId.journal(ACME)), 2).items().stream()
            .map(Item::key)
            .toList());
  }

  @Test
  void keepsDerivedItemsWithTheirExpiry() {
    Fresh fresh = fresh();
    Derived passing =
        new Derived(thing(1).item(), Instant.ofEpochSecond(Instant.now().getEpochSecond() + 900));
    fresh.derived().put(List.of(passing, thing(2)));
    assertEquals(
        Set.of(passing, thing(2)),
        Set.copyOf(
            fresh
                .derived()
                .get(List.of(passing.item().key(), thing(2).item().key(), thing(3).item().key()))));
  }

  @Test
  void readsWritesAndDeletesMoreThanOneBatchAtOnce() {
    Fresh fresh = fresh();
    List<Derived> many = IntStream.range(0, 230).mapToObj(TableContract::thing).toList();
    List<Key> keys = many.stream().map(thing -> thing.item().key()).toList();
    fresh.derived().put(many);
    assertEquals(Set.copyOf(many), Set.copyOf(fresh.derived().get(keys)));
    fresh.derived().delete(keys.subList(0, 200));
    assertEquals(30, fresh.derived().get(keys).size());
  }

  private static Derived thing(int i) {
    return derived(Key.of(ACME, "THING", String.format("%04d", i)));
  }

  private static Derived derived(Key key) {
    return new Derived(new Item(key, 7, key.toString().getBytes()), Derived.NEVER);
  }
}
