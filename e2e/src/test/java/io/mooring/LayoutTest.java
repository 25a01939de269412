package io.mooring;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the house, over every class of every module. */
class LayoutTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .importPaths(
              Project.modules().stream()
                  .map(module -> module.resolve("target/classes"))
                  .filter(Files::isDirectory)
                  .toList());

  /** Plain Java, which knows nothing of the rest. */
  private static final List<String> FOUNDATIONS = List.of("ledger", "evm", "billing");

  /** What is put together from everything else; nothing stands on it. */
  private static final List<String> ROOFS =
      List.of("api", "jobs", "localstack", "harness", "cli", "bench", "mqttbridge", "iac");

  private static final String PLATFORM = "platform";

  /** Sub-packages named for what they touch. */
  private static final Set<String> EDGES =
      Set.of("http", "dynamodb", "s3", "mqtt", "lambda", "sqs");

  @ParameterizedTest
  @ValueSource(strings = {"ledger", "evm"})
  void aFoundationKnowsNothingOfTheRest(String foundation) {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.mooring." + foundation + "..")
            .should()
            .dependOnClassesThat(
                describe(
                    "belong to another module, to AWS or to Quarkus",
                    used ->
                        isOurs(used) && !room(used).equals(foundation)
                            || isAny(used, "software.amazon", "io.quarkus", "jakarta"))));
  }

  @Test
  void theRootOfARoomKnowsNoTransportAndNoCloud() {
    check(
        noClasses()
            .that(describe("stand in the root of a room", LayoutTest::isInRoot))
            .should()
            .dependOnClassesThat(
                describe(
                    "are of an edge, of AWS, or of a framework",
                    used ->
                        isOurs(used) && EDGES.contains(lastPart(used.getPackageName()))
                            || isAny(used, "software.amazon", "jakarta.ws", "jakarta.json")
                            || isAny(used, "io.vertx", "org.eclipse.microprofile.openapi"))));
  }

  @Test
  void aCapabilityUsesOnlyTheRootOfAnother() {
    for (JavaClass user : CODE) {
      if (isOfCapability(user)) {
        user.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass())
            .filter(used -> isOurs(used) && isOfCapability(used))
            .filter(used -> !room(used).equals(room(user)))
            .forEach(
                used -> assertTrue(isInRoot(used), user.getName() + " uses " + used.getName()));
      }
    }
  }

  @Test
  void nothingStandsOnTheRoof() {
    check(
        classes()
            .that(describe("belong to a roof", c -> isOurs(c) && ROOFS.contains(room(c))))
            .should()
            .onlyBeAccessed()
            .byClassesThat(describe("belong to one as well", c -> ROOFS.contains(room(c)))));
  }

  @Test
  void thePlatformKnowsNoCapability() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.mooring.platform..")
            .should()
            .dependOnClassesThat(
                describe("belong to a capability", c -> isOurs(c) && isOfCapability(c))));
  }

  @Test
  void namesSayWhatAThingIs() {
    check(
        noClasses()
            .should()
            .haveNameMatching(
                ".*\\.(.*(Impl|Manager|Helper|Util|Utils)|(Default|Base|Abstract)[A-Z].*)")
            .orShould()
            .resideInAnyPackage("..common..", "..util..", "..utils..", "..impl..", "..misc.."));
  }

  /** On two cores or fewer the common pool is a thread for each task, forty times slower. */
  @Test
  void nothingRunsOnAPoolThatNobodyChose() {
    check(
        noClasses()
            .should()
            .callMethodWhere(
                describe(
                    "an asynchronous step without an executor",
                    call ->
                        call.getTargetOwner().isAssignableTo(CompletionStage.class)
                            && call.getName().endsWith("Async")
                            && call.getTarget().getRawParameterTypes().stream()
                                .noneMatch(type -> type.isEquivalentTo(Executor.class))))
            .orShould()
            .callMethod(Collection.class, "parallelStream")
            .orShould()
            .callMethod(ForkJoinPool.class, "commonPool"));
  }

  @Test
  void everyPackageSaysWhatItIsAndThatNothingIsNull() throws IOException {
    for (Path module : Project.modules()) {
      for (Path folder : packages(module.resolve("src/main/java"))) {
        Path info = folder.resolve("package-info.java");
        assertTrue(Files.exists(info), "no package-info.java in " + folder);
        assertTrue(Files.readString(info).contains("@NullMarked"), "no @NullMarked in " + info);
        assertTrue(Files.readString(info).startsWith("/**"), "no sentence about it in " + info);
      }
    }
  }

  @Test
  void everyModuleHasAPageAboutItself() {
    assertEquals(
        List.of(),
        Project.modules().stream()
            .filter(module -> !Files.exists(module.resolve("README.md")))
            .toList());
  }

  private static void check(ArchRule rule) {
    rule.check(CODE);
  }

  private static Set<Path> packages(Path sources) throws IOException {
    if (!Files.isDirectory(sources)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(Path::getParent)
          .collect(Collectors.toSet());
    }
  }

  private static boolean isOurs(JavaClass c) {
    return c.getPackageName().startsWith("io.mooring.");
  }

  /** The part of the name after {@code io.mooring}: the module, mostly. */
  private static String room(JavaClass c) {
    return isOurs(c) ? c.getPackageName().split("\\.")[2] : "";
  }

  private static boolean isInRoot(JavaClass c) {
    return c.getPackageName().equals("io.mooring." + room(c)) && !ROOFS.contains(room(c));
  }

  private static boolean isOfCapability(JavaClass c) {
    return !FOUNDATIONS.contains(room(c)) && !ROOFS.contains(room(c)) && !room(c).equals(PLATFORM);
  }

  private static boolean isAny(JavaClass c, String... prefixes) {
    return Stream.of(prefixes).anyMatch(prefix -> c.getPackageName().startsWith(prefix + "."));
  }

  private static String lastPart(String packageName) {
    return packageName.substring(packageName.lastIndexOf('.') + 1);
  }
}
