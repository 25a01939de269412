package io.mooring.platform.http;

import io.mooring.platform.commit.Condition;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.Item;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.EntityTag;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code ETag} and {@code If-Match}: the version of a thing is the commit that wrote it. */
@RequestScoped
public class Versions {
  private static final Pattern ONE_TAG = Pattern.compile("\"(\\d{1,18})\"");
  private static final String ANY = "*";

  private final RoutingContext exchange;

  Versions(RoutingContext exchange) {
    this.exchange = exchange;
  }

  public static EntityTag tag(long version) {
    return new EntityTag(Long.toString(version));
  }

  boolean asked() {
    return header() != null;
  }

  /**
   * The condition of a change: the version in {@code If-Match}; without it, that the thing is as it
   * was read; and where nothing was read, that there is something after all.
   */
  public Condition conditionOf(Item read) {
    String header = header();
    if (header == null || header.strip().equals(ANY)) {
      return read.exists() ? new Condition.AtVersion(read.version()) : new Condition.Present();
    }
    Matcher tag = ONE_TAG.matcher(header.strip());
    if (!tag.matches()) {
      throw new RefusedException(
          PlatformRefusal.PRECONDITION_FAILED, "If-Match is one strong ETag that was given out");
    }
    return new Condition.AtVersion(Long.parseLong(tag.group(1)));
  }

  private @Nullable String header() {
    return exchange.request().getHeader("If-Match");
  }
}
