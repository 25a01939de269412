package io.mooring.api.docs;

import java.util.List;
import java.util.Map;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** One page of {@code docs/} as HTML; its headings can be linked to by their words. */
final class Page {
  private static final String SOURCE = ".md";

  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());

  private Page() {}

  static String html(String title, String markdown) {
    Node page = Parser.builder().extensions(EXTENSIONS).build().parse(markdown);
    String body =
        HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .attributeProviderFactory(context -> Page::linkToPages)
            .build()
            .render(page);
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s · Mooring</title>
        <link rel="stylesheet" href="/docs/page.css">
        </head>
        <body>
        <main>
        %s</main>
        </body>
        </html>
        """
        .formatted(title, body);
  }

  /** A page names the others by their files, and is served without that ending. */
  private static void linkToPages(Node node, String tag, Map<String, String> attributes) {
    if (node instanceof Link link && !link.getDestination().contains(":")) {
      String target = link.getDestination();
      int fragment = target.indexOf('#') < 0 ? target.length() : target.indexOf('#');
      if (target.startsWith(SOURCE, fragment - SOURCE.length())) {
        attributes.put(
            "href", target.substring(0, fragment - SOURCE.length()) + target.substring(fragment));
      }
    }
  }
}
