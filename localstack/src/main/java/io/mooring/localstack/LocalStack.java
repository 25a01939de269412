package io.mooring.localstack;

import io.quarkus.bootstrap.runner.QuarkusEntryPoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Starts the engines, then the application as it was built, and says in one line that it is ready
 * or why it is not.
 */
public final class LocalStack {
  private static final int REFUSED = 2;
  private static final String OPERATOR_KEY_PREFIX = "mk_operator_";

  /** The engines' own tales of starting and serving. */
  private static final List<String> QUIET =
      List.of("org.eclipse.jetty", "org.gaul", "com.amazonaws");

  private final Settings settings;
  private final Home home;
  private final Path saying;
  private final String operatorKey;

  private LocalStack(Settings settings, Home home, Path saying) throws IOException {
    this.settings = settings;
    this.home = home;
    this.saying = saying;
    this.operatorKey = OPERATOR_KEY_PREFIX + home.secret("operator-key");
  }

  /** Takes one argument: the file to say the one line in, beside the standard output. */
  public static void main(String[] arguments) throws Throwable {
    Path saying = Path.of(arguments[0]);
    try {
      Settings settings = Settings.of(System.getenv());
      Home home = Home.take(settings.home());
      Ports.requireFree(settings.httpPort(), Settings.HTTP_PORT);
      new LocalStack(settings, home, saying).run();
    } catch (StartRefusedException e) {
      refuse(saying, e);
    }
  }

  private void run() throws Throwable {
    Map<String, String> told =
        application(
            settings.engine() == Engine.LOCALSTACK
                ? Elsewhere.settings(System.getenv())
                : IsolatedEngines.start(settings.engine(), home.folder()));
    Thread.ofVirtual().name("ready").start(this::greet);
    Optional<Application> other = ServiceLoader.load(Application.class).findFirst();
    if (other.isPresent()) {
      other.get().run(told, url(), home.folder());
    } else {
      told.forEach(System::setProperty);
      QuarkusEntryPoint.main();
    }
  }

  /** What the application is told that it would be told by its environment in the cloud. */
  private Map<String, String> application(Map<String, String> engines) {
    Map<String, String> told = new LinkedHashMap<>(engines);
    told.put("quarkus.http.host", url().getHost());
    told.put("quarkus.http.port", Integer.toString(settings.httpPort()));
    told.put("quarkus.log.console.json.enabled", "false");
    QUIET.forEach(logger -> told.put("quarkus.log.category.\"" + logger + "\".level", "WARN"));
    // In LocalStack the stack has made them.
    told.put("mooring.stores.create", String.valueOf(settings.engine() != Engine.LOCALSTACK));
    told.put("mooring.secrets.folder", home.file("secrets").toString());
    told.put("mooring.identity.issuer", url().toString());
    told.put("mooring.identity.audience", url().toString());
    told.put("mooring.rates.refuse-within", "1s");
    told.put("mooring.contracts.url", url().toString());
    told.put("mooring.identity.token-seconds", "900");
    told.put("mooring.identity.operator-key", operatorKey);
    return told;
  }

  private void greet() {
    try {
      Ready.await(url());
      String apiKey = apiKey();
      String chain = new Demo(url(), operatorKey).chain(apiKey);
      DevEnv.write(
          home,
          Map.of(
              DevEnv.URL,
              url().toString(),
              DevEnv.API_KEY,
              apiKey,
              DevEnv.OPERATOR_KEY,
              operatorKey,
              DevEnv.RPC_URL,
              url() + "/rpc/" + chain + "/" + apiKey));
      say(
          saying,
          "Mooring is ready at "
              + url()
              + " (read it at "
              + url()
              + "/docs, keys in "
              + home.file(DevEnv.FILE)
              + ")");
    } catch (StartRefusedException e) {
      refuse(saying, e);
    } catch (IOException | InterruptedException e) {
      refuse(saying, new StartRefusedException("its folder cannot be written: " + e, e));
    }
  }

  /** The demo tenant's key; what is in memory only is a new tenant at every start. */
  private String apiKey() throws IOException, InterruptedException {
    String known = DevEnv.read(home).get(DevEnv.API_KEY);
    return known != null && settings.engine() == Engine.FILE
        ? known
        : new Demo(url(), operatorKey).apiKey(home.secret("demo-idempotency-key"));
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + settings.httpPort());
  }

  private static void refuse(Path saying, StartRefusedException reason) {
    say(saying, "Mooring does not start: " + reason.getMessage());
    System.exit(REFUSED);
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
