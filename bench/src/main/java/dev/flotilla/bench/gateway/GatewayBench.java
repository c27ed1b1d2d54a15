package dev.flotilla.bench.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The door beside other gateways; each gateway on one core, load and mock server on another. */
@Command(
    name = "GatewayBench",
    mixinStandardHelpOptions = true,
    description = "Measures the door beside other gateways and writes the report.")
public final class GatewayBench implements Callable<Integer> {
  private static final String ROOMY = "flotilla.bench.roomy";

  @Option(names = "--report", paramLabel = "FILE", defaultValue = "bench/reports/gateway.md")
  private Path report = Path.of("");

  @Option(
      names = "--portkey",
      paramLabel = "FOLDER",
      description = "node_modules with @portkey-ai/gateway and @hono/node-server 1.13.8.")
  private @Nullable Path portkey;

  @Option(names = "--litellm", paramLabel = "FILE", description = "The program litellm.")
  private @Nullable Path litellm;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "of Flotilla, Portkey, LiteLLM.")
  private @Nullable Set<String> only;

  @Option(names = "--seconds", defaultValue = "10", description = "of each load")
  private int seconds;

  @Option(names = "--streams", defaultValue = "2000", description = "held open at once")
  private int streams;

  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.exit(
        Boolean.getBoolean(ROOMY)
            ? new CommandLine(new GatewayBench()).execute(arguments)
            : roomy(arguments));
  }

  /**
   * Runs it in a JVM that has room for all that a load leaves behind: none of its own collections
   * is to be taken for a pause of the gateway.
   */
  private static int roomy(String[] arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms1536m",
                "-Xmn1200m",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + ROOMY + "=true",
                "-cp",
                System.getProperty("java.class.path"),
                GatewayBench.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  @Override
  public Integer call() throws Exception {
    int processors = Runtime.getRuntime().availableProcessors();
    pin("1", ProcessHandle.current().pid());
    List<Gateway> gateways = new ArrayList<>(List.of(new FlotillaGateway()));
    ForeignGateway.portkey(Optional.ofNullable(portkey)).ifPresent(gateways::add);
    ForeignGateway.liteLlm(Optional.ofNullable(litellm)).ifPresent(gateways::add);
    Set<String> wanted = only;
    gateways.removeIf(gateway -> wanted != null && !wanted.contains(gateway.name()));
    List<Results> all = new ArrayList<>();
    for (Gateway gateway : gateways) {
      Path folder = Files.createTempDirectory("gatewaybench");
      try (Mock mock = new Mock();
          gateway) {
        System.err.println("starting " + gateway.name() + " " + gateway.version());
        gateway.start(folder, mock.port());
        for (long pid : gateway.pids()) {
          pin("0", pid);
        }
        Measure measure = new Measure(gateway, mock, seconds);
        Results results = new Results(gateway.name(), gateway.version());
        measure.run(results, gateway instanceof FlotillaGateway, streams);
        all.add(results);
        System.err.println(results.values());
      } catch (IOException e) {
        System.err.println(gateway.name() + " could not be measured: " + e.getMessage());
      }
    }
    Files.writeString(report, GatewayReport.of(all, seconds, streams, processors));
    System.out.println(Files.readString(report));
    return 0;
  }

  private static void pin(String core, long pid) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("taskset", "-apc", core, Long.toString(pid))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("taskset could not put " + pid + " on core " + core);
    }
  }
}
