package io.mooring.tenants;

import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Condition;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Write;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Table;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;

/**
 * The members of a tenant and their roles. Nobody gives or takes a role that has more than they do.
 */
@Singleton
public final class Members {
  private final Table table;

  public Members(Table table) {
    this.table = table;
  }

  /** A change of a member, and the member as it is after it. */
  public record Change(Write write, Optional<Member> after) {}

  public Write added(Caller by, Member member) {
    Keys.refuseBeyondOwn(by, member.role().scopes());
    return Keys.journal(by)
        .entry(said("member.added", member))
        .effect(
            Effect.create(Member.key(member.tenant(), member.id()), JsonTree.bytes(member.said())));
  }

  public Change given(Caller by, String id, Role role, Function<Item, Condition> expected) {
    Item read = find(by.tenant(), id);
    Condition condition = expected.apply(read);
    if (!read.exists()) {
      return new Change(Keys.nothing(by, "member.role-changed", read, condition), Optional.empty());
    }
    Member before = Member.of(by.tenant(), read);
    Keys.refuseBeyondOwn(by, before.role().scopes());
    Keys.refuseBeyondOwn(by, role.scopes());

    Member after = before.with(role);
    return new Change(
        Keys.journal(by)
            .entry(said("member.role-changed", after))
            .effect(new Effect.Put(read.key(), JsonTree.bytes(after.said()), condition)),
        Optional.of(after));
  }

  public Write removed(Caller by, String id, Function<Item, Condition> expected) {
    Item read = find(by.tenant(), id);
    if (read.exists()) {
      Keys.refuseBeyondOwn(by, Member.of(by.tenant(), read).role().scopes());
    }
    return Keys.journal(by)
        .entry(
            NewEntry.of(
                "member.removed", id, Content.json(JsonTree.text(JsonTree.object().put("id", id)))))
        .effect(new Effect.Delete(read.key(), expected.apply(read)));
  }

  public Item find(TenantId tenant, String id) {
    return table.get(Member.key(tenant, id));
  }

  public Slice all(TenantId tenant, PageRequest page) {
    return Slice.of(table, tenant, Member.KIND, page);
  }

  private static NewEntry said(String type, Member member) {
    return NewEntry.of(type, member.id(), Content.json(JsonTree.text(member.said())));
  }
}
