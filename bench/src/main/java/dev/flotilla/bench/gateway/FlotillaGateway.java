package dev.flotilla.bench.gateway;

import dev.flotilla.model.Version;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The door as a fleet runs it: a node and a host of its own, with keys, a budget, a rate, rules,
 * breakers, metrics and explanations on.
 */
final class FlotillaGateway implements Gateway {
  private Path folder = Path.of("");
  private String key = "";
  private int port;
  private long pid;

  @Override
  public String name() {
    return "Flotilla";
  }

  @Override
  public String version() {
    return Version.CURRENT + ", JDK " + Runtime.version();
  }

  @Override
  public void start(Path place, int upstream) throws IOException, InterruptedException {
    folder = place;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Files.writeString(
        folder.resolve("fleet.yaml"),
        """
        fleet: gatewaybench
        agents:
          RequestCoordinator:
            service: RequestCoordinator
            port: %d
            config: {requireKey: true, mostAtOnce: 4000}
        router:
          targets:
            mock: {url: 'http://127.0.0.1:%d/v1', input_price: 1, output_price: 2}
          tasks:
            heavy_tasks: {patterns: [code_generation, 'please (stream|hold|tool|limit)', fox], target: mock}
            light_tasks: {target: builtin}
        """
            .formatted(port, upstream));
    String up = flotilla("up");
    String status = flotilla("status", "--json");
    Matcher found = Pattern.compile("\"pid\"\\s*:\\s*(\\d+)").matcher(status);
    if (!found.find()) {
      throw new IOException("the fleet is not up: " + up + status);
    }
    pid = Long.parseLong(found.group(1));
    String made =
        flotilla(
            "key",
            "create",
            "bench",
            "--tokens-a-day",
            "1000000000",
            "--money-a-day",
            "1000000",
            "--requests-a-minute",
            "100000000");
    Matcher secret = Pattern.compile("flk-[\\w-]+").matcher(made);
    if (!secret.find()) {
      throw new IOException("no key was made: " + made);
    }
    key = secret.group();
  }

  String flotilla(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.flotilla.cli.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("FLOTILLA_HOME", folder.resolve("state").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int ignored = process.waitFor();
    return output;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Map<String, String> headers() {
    return Map.of("Authorization", "Bearer " + key);
  }

  @Override
  public String model() {
    return "auto";
  }

  @Override
  public List<Long> pids() {
    return List.of(pid);
  }

  @Override
  public void close() throws IOException {
    try {
      String ignored = flotilla("down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
