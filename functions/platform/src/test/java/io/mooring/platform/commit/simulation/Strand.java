package io.mooring.platform.commit.simulation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A piece of work that can stop in the middle and go on later, on the same thread. Made of the
 * JDK's own continuations, so the code under test blocks as it does on threads; surefire's argLine
 * exports them.
 */
final class Strand {
  private static final MethodHandle NEW;
  private static final MethodHandle RUN;
  private static final MethodHandle YIELD;
  private static final MethodHandle IS_DONE;
  private static final Object SCOPE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Class<?> scope = Class.forName("jdk.internal.vm.ContinuationScope");
      Class<?> continuation = Class.forName("jdk.internal.vm.Continuation");
      SCOPE =
          lookup
              .findConstructor(scope, MethodType.methodType(void.class, String.class))
              .invoke("simulation");
      NEW =
          lookup.findConstructor(
              continuation, MethodType.methodType(void.class, scope, Runnable.class));
      RUN = lookup.findVirtual(continuation, "run", MethodType.methodType(void.class));
      YIELD = lookup.findStatic(continuation, "yield", MethodType.methodType(boolean.class, scope));
      IS_DONE = lookup.findVirtual(continuation, "isDone", MethodType.methodType(boolean.class));
    } catch (Throwable e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Process process;
  private final Object continuation;

  /** What the strand waits for; a wake-up for an earlier wait is ignored. */
  private long wait;

  Strand(Process process, Runnable work) {
    this.process = process;
    this.continuation = call(() -> NEW.invoke(SCOPE, work));
  }

  Process process() {
    return process;
  }

  long waitFor(long number) {
    wait = number;
    return number;
  }

  boolean waitsFor(long number) {
    return wait == number;
  }

  boolean isDone() {
    return (boolean) call(() -> IS_DONE.invoke(continuation));
  }

  /** Goes on until the strand stops itself or ends. */
  void goOn() {
    call(
        () -> {
          RUN.invoke(continuation);
          return this;
        });
  }

  /** Stops the strand that calls this. */
  static void stop() {
    boolean stopped = (boolean) call(() -> YIELD.invoke(SCOPE));
    if (!stopped) {
      throw new IllegalStateException("a strand that is pinned cannot stop");
    }
  }

  private static Object call(Call call) {
    try {
      return call.call();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Call {
    Object call() throws Throwable;
  }
}
