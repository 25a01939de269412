package io.mooring.bench.evm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The table in CPU time, which holds where other work keeps the machine busy: {@code EvmCpuTable
 * PEERS [WORKLOAD…]}.
 *
 * <p>Ours is the least of many warmed-up runs in one thread. A peer's is the least that a process
 * takes to run the workload once, less what it takes to run an empty program.
 */
public final class EvmCpuTable {
  private static final int RUNS = 9;
  private static final Pattern OURS = Pattern.compile("least ([\\d.]+)");
  private static final Workload EMPTY =
      new Workload("empty", "STOP", new byte[] {0}, new byte[0], Workload.MESSAGE_GAS);

  private EvmCpuTable() {}

  public static void main(String[] arguments) throws IOException {
    Path peers = Path.of(arguments[0]).toAbsolutePath();
    List<String> wanted = Arrays.asList(arguments).subList(1, arguments.length);
    Path scratch = Files.createTempDirectory("evm-cpu-table");
    Peer geth = new Peer.Geth(peers.resolve("evm"), scratch);
    Peer revm = new Peer.Revm(peers.resolve("revme"), scratch);
    double gethStart = leastMillis(scratch, geth, EMPTY);
    double revmStart = leastMillis(scratch, revm, EMPTY);

    System.out.printf(
        Locale.ROOT,
        "# CPU time; %s, %s, Java %s; starting takes geth %.0f ms and revm %.0f ms, taken off%n",
        Instant.now().truncatedTo(ChronoUnit.MINUTES),
        EvmTable.processor(),
        Runtime.version(),
        gethStart,
        revmStart);
    System.out.println(
        "| workload | Mgas | ours ms | geth ms | revm ms | ours Mgas/s | ours/geth | ours/revm |");
    System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    List<Double> toGeth = new ArrayList<>();
    List<Double> toRevm = new ArrayList<>();
    for (Workload workload : Workloads.ALL) {
      boolean tooShort = workload.name().equals("erc20-one"); // for the clock of processes
      if (tooShort || !wanted.isEmpty() && !wanted.contains(workload.name())) {
        continue;
      }
      double megagas = new Run(Engine.ours(), workload).once().gasUsed() / 1e6;
      double ours = ours(scratch, workload);
      double gethMillis = leastMillis(scratch, geth, workload) - gethStart;
      double revmMillis = leastMillis(scratch, revm, workload) - revmStart;
      toGeth.add(gethMillis / ours);
      if (!Double.isNaN(revmMillis)) {
        toRevm.add(revmMillis / ours);
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %.3f | %.1f | %.1f | %s | %.0f | %.2f | %s |%n",
          workload.name(),
          megagas,
          ours,
          gethMillis,
          figure("%.1f", revmMillis),
          megagas / ours * 1e3,
          gethMillis / ours,
          figure("%.2f", revmMillis / ours));
    }
    System.out.printf(
        Locale.ROOT,
        "| geometric mean | | | | | | **%.2f** | **%.2f** |%n",
        EvmTable.geometricMean(toGeth),
        EvmTable.geometricMean(toRevm));
  }

  private static String figure(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }

  private static double ours(Path scratch, Workload workload) {
    String output = Peer.Shell.output(scratch, CpuRun.command(workload));
    return Double.parseDouble(Peer.Shell.find(OURS, output).group(1));
  }

  /** NaN where the peer has no command for it. */
  private static double leastMillis(Path scratch, Peer peer, Workload workload) {
    List<String> command = peer.onceCommand(workload);
    double least = command.isEmpty() ? Double.NaN : Double.POSITIVE_INFINITY;
    for (int i = 0; i < RUNS && !command.isEmpty(); i++) {
      least = Math.min(least, Peer.Shell.cpuMillis(scratch, command));
    }
    return least;
  }
}
