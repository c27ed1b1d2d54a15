package dev.flotilla.bench.gateway;

import dev.flotilla.bench.rig.CommandFleet;
import dev.flotilla.bench.rig.FreePort;
import dev.flotilla.model.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The door as a fleet runs it: a node and a host of its own, with keys, a budget, a rate, rules,
 * breakers, metrics and explanations on.
 */
final class FlotillaGateway implements Gateway {
  private CommandFleet fleet = new CommandFleet(Path.of(""));
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
    fleet = new CommandFleet(place);
    port = FreePort.find();
    fleet.up(
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
    String status = fleet.flotilla("status", "--json");
    Matcher found = Pattern.compile("\"pid\"\\s*:\\s*(\\d+)").matcher(status);
    if (!found.find()) {
      throw new IOException("the fleet is not up: " + status);
    }
    pid = Long.parseLong(found.group(1));
    String made =
        fleet.flotilla(
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
    fleet.close();
  }
}
