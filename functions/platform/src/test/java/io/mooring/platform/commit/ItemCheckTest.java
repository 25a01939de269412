package io.mooring.platform.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.platform.TenantId;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three commits that write one item, and what the table may show after them. */
class ItemCheckTest {
  private static final Key KEY = Key.of(new TenantId("ten_acme"), "MEMBER", "usr_1");

  private final InMemoryStore table = new InMemoryStore();
  private final List<Effect> effects =
      List.of(Effect.create(KEY, bytes("a")), Effect.put(item(1, "a"), bytes("b")), put(2, "c"));

  @Test
  void theItemAsTheLastCommitWroteItIsGood() {
    assertEquals(List.of(), told(effects, item(3, "c")));
  }

  @Test
  void anItemOfAnEarlierCommitIsTold() {
    assertEquals(List.of("3"), told(effects, item(1, "a")));
    assertEquals(List.of("3"), told(effects, item(2, "b")));
  }

  @Test
  void anItemThatNoCommitWroteIsTold() {
    assertEquals(List.of("3"), told(effects, item(3, "x")));
    assertEquals(List.of("3"), told(effects, item(4, "c")));
    assertEquals(List.of("3"), told(effects, Item.absent(KEY)));
  }

  @Test
  void whatWasDeletedMustBeGone() {
    List<Effect> deleted = List.of(effects.getFirst(), Effect.delete(item(1, "a")));

    assertEquals(List.of(), told(deleted, Item.absent(KEY)));
    assertEquals(List.of("2"), told(deleted, item(1, "a")));
    assertEquals(List.of("2"), told(deleted, item(7, "a")));
  }

  @Test
  void whatWasMadeAgainMustBeThere() {
    List<Effect> again =
        List.of(effects.getFirst(), Effect.delete(item(1, "a")), Effect.create(KEY, bytes("d")));

    assertEquals(List.of(), told(again, item(3, "d")));
    assertEquals(List.of("3"), told(again, Item.absent(KEY)));
  }

  /** The commits told, judged by one process and by one for each commit. */
  private List<String> told(List<Effect> taken, Item shown) {
    table.delete(List.of(KEY));
    if (shown.exists()) {
      table.put(List.of(new Derived(shown, Derived.NEVER)));
    }
    ItemCheck one = ItemCheck.resumed(table, new byte[0]);
    ItemCheck many = ItemCheck.resumed(table, new byte[0]);
    for (int i = 0; i < taken.size(); i++) {
      one.take(taken.get(i), i + 1);
      many.take(taken.get(i), i + 1);
      many = ItemCheck.resumed(table, many.toBytes());
    }
    List<String> told = new ArrayList<>();
    one.unsettled((key, last) -> told.add(Long.toString(last)));
    List<String> again = new ArrayList<>();
    many.unsettled((key, last) -> again.add(Long.toString(last)));
    assertEquals(told, again);
    return told;
  }

  private static Effect put(long read, String body) {
    return Effect.put(item(read, "b"), bytes(body));
  }

  private static Item item(long version, String body) {
    return new Item(KEY, version, bytes(body));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
