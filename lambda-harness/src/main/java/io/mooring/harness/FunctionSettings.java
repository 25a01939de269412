package io.mooring.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A function as it is deployed: its code, its variables and its bounds. */
public record FunctionSettings(
    String name,
    FunctionPackage code,
    Map<String, String> variables,
    List<String> javaOptions,
    int memoryMegabytes,
    Duration limit,
    int environmentsMax,
    boolean freezes) {
  /** As a managed JVM of that size starts: part of the memory is for other things than the heap. */
  private static final List<String> MANAGED =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** Quarkus's threads clean up after themselves, and need that for it. */
  private static final String JAVA_TOOL_OPTIONS = "--add-opens=java.base/java.lang=ALL-UNNAMED";

  private static final int MEMORY_MEGABYTES = 512;

  public FunctionSettings {
    variables = Map.copyOf(variables);
    javaOptions = List.copyOf(javaOptions);
  }

  public static FunctionSettings of(
      String name, FunctionPackage code, Map<String, String> properties) {
    Map<String, String> variables = new HashMap<>();
    variables.put("JAVA_TOOL_OPTIONS", JAVA_TOOL_OPTIONS);
    properties.forEach((property, value) -> variables.put(variable(property), value));
    return new FunctionSettings(
        name, code, variables, MANAGED, MEMORY_MEGABYTES, Duration.ofSeconds(29), 4, true);
  }

  /** The environment variable that stands for a property, by MicroProfile Config's rule. */
  static String variable(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  public FunctionSettings with(String property, String value) {
    Map<String, String> more = new HashMap<>(variables);
    more.put(variable(property), value);
    return new FunctionSettings(
        name, code, more, javaOptions, memoryMegabytes, limit, environmentsMax, freezes);
  }

  public FunctionSettings named(String other) {
    return new FunctionSettings(
        other, code, variables, javaOptions, memoryMegabytes, limit, environmentsMax, freezes);
  }

  public FunctionSettings withLimit(Duration other) {
    return new FunctionSettings(
        name, code, variables, javaOptions, memoryMegabytes, other, environmentsMax, freezes);
  }

  public FunctionSettings withEnvironments(int most) {
    return new FunctionSettings(
        name, code, variables, javaOptions, memoryMegabytes, limit, most, freezes);
  }

  public FunctionSettings thatNeverFreezes() {
    return new FunctionSettings(
        name, code, variables, javaOptions, memoryMegabytes, limit, environmentsMax, false);
  }

  public FunctionSettings withCode(FunctionPackage other) {
    return new FunctionSettings(
        name, other, variables, javaOptions, memoryMegabytes, limit, environmentsMax, freezes);
  }

  /** With one option more. */
  public FunctionSettings withJava(String option) {
    List<String> more = new ArrayList<>(javaOptions);
    more.add(option);
    return new FunctionSettings(
        name, code, variables, more, memoryMegabytes, limit, environmentsMax, freezes);
  }

  List<String> javaOptionsWithHeap() {
    List<String> all = new ArrayList<>(javaOptions);
    all.add("-Xmx" + memoryMegabytes * 6 / 10 + "m");
    return all;
  }

  String arn() {
    return "arn:aws:lambda:us-east-1:000000000000:function:" + name;
  }
}
