package io.mooring.localstack;

import io.quarkus.bootstrap.runner.QuarkusEntryPoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts the engines, then the application as it was built, and says in one line that it is ready
 * or why it is not.
 */
public final class LocalStack {
  private static final int REFUSED = 2;

  /** The engines' own tales of starting and serving. */
  private static final List<String> QUIET =
      List.of("org.eclipse.jetty", "org.gaul", "com.amazonaws");

  private final Settings settings;
  private final Home home;
  private final Path saying;

  private LocalStack(Settings settings, Home home, Path saying) {
    this.settings = settings;
    this.home = home;
    this.saying = saying;
  }

  /** Takes one argument: the file to say the one line in, beside the standard output. */
  public static void main(String[] arguments) throws Throwable {
    Path saying = Path.of(arguments[0]);
    try {
      Settings settings = Settings.of(System.getenv());
      Home home = Home.take(settings.home());
      Ports.requireFree(settings.httpPort(), "MOORING_HTTP_PORT");
      new LocalStack(settings, home, saying).run();
    } catch (StartRefusedException e) {
      say(saying, "Mooring does not start: " + e.getMessage());
      System.exit(REFUSED);
    }
  }

  private void run() throws Throwable {
    Map<String, String> application = new LinkedHashMap<>();
    application.putAll(IsolatedEngines.start(settings.engine(), home.folder()));
    application.put("quarkus.http.host", url().getHost());
    application.put("quarkus.http.port", Integer.toString(settings.httpPort()));
    application.put("quarkus.log.console.json.enabled", "false");
    QUIET.forEach(
        logger -> application.put("quarkus.log.category.\"" + logger + "\".level", "WARN"));
    application.put("mooring.stores.create", "true");
    application.put("mooring.secrets.folder", home.file("secrets").toString());
    application.forEach(System::setProperty);

    Thread.ofVirtual().name("ready").start(this::greet);
    QuarkusEntryPoint.main();
  }

  private void greet() {
    try {
      Ready.await(url());
      DevEnv.write(home, Map.of(DevEnv.URL, url().toString()));
      say(
          saying,
          "Mooring is ready at " + url() + " (process " + ProcessHandle.current().pid() + ")");
    } catch (StartRefusedException e) {
      say(saying, "Mooring does not start: " + e.getMessage());
      System.exit(REFUSED);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("cannot tell that the application is ready", e);
    }
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + settings.httpPort());
  }

  private static void say(Path saying, String line) {
    System.out.println(line);
    try {
      Files.writeString(saying, line + "\n");
    } catch (IOException e) {
      throw new IllegalStateException("cannot say: " + line, e);
    }
  }
}
