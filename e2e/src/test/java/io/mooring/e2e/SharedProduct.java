package io.mooring.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives every test that asks for a {@link LocalProduct} the same one, started for the first and
 * stopped after the last: for tests that leave nothing behind that another one would see.
 */
final class SharedProduct implements ParameterResolver {
  private static final Namespace HERE = Namespace.create(SharedProduct.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LocalProduct.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(HERE)
        .computeIfAbsent(Running.class, key -> new Running(), Running.class)
        .product;
  }

  /** Closed by JUnit when all tests have run. */
  private static final class Running implements AutoCloseable {
    private final Path home;
    private final LocalProduct product;

    Running() {
      try {
        home = Files.createTempDirectory("mooring-shared");
      } catch (IOException e) {
        throw new UncheckedIOException("no home for the product", e);
      }
      product = LocalProduct.started(home);
    }

    @Override
    public void close() {
      product.close();
      try (Stream<Path> files = Files.walk(home)) {
        List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        for (Path file : deepestFirst) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot delete " + home, e);
      }
    }
  }
}
