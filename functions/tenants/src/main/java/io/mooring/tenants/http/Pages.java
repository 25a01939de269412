package io.mooring.tenants.http;

import io.mooring.platform.TenantId;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.page.PageTokens;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers with one page, and tells in the body and by {@code Link} where the next one is. */
final class Pages {
  private Pages() {}

  static Response of(
      PageTokens pages,
      TenantId tenant,
      String list,
      PageRequest page,
      String next,
      Function<@Nullable String, Object> body) {
    if (next.isEmpty()) {
      return Response.ok(body.apply(null)).build();
    }
    String token = pages.issue(tenant, list, next);
    String link =
        "</v1/" + list + "?perPage=" + page.items() + "&pageToken=" + token + ">; rel=\"next\"";
    return Response.ok(body.apply(token)).header("Link", link).build();
  }
}
