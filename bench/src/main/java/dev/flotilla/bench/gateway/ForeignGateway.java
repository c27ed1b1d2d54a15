package dev.flotilla.bench.gateway;

import dev.flotilla.bench.rig.FreePort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A gateway of others, as its makers start it. */
final class ForeignGateway implements Gateway {
  private static final int PATIENCE_SECONDS = 300;

  private final String name;
  private final String version;
  private final Start start;
  private final String model;
  private final Map<String, String> extra;
  private @Nullable Process process;
  private int port;
  private int upstream;

  /** Its command line. */
  @FunctionalInterface
  private interface Start {
    List<String> command(Path folder, int port, int upstream) throws IOException;
  }

  private ForeignGateway(
      String name, String version, Start start, String model, Map<String, String> extra) {
    this.name = name;
    this.version = version;
    this.start = start;
    this.model = model;
    this.extra = extra;
  }

  /**
   * @param modules a folder node_modules with @portkey-ai/gateway
   */
  static Optional<Gateway> portkey(Optional<Path> modules) throws IOException {
    Path home = modules.orElse(Path.of("node_modules")).resolve("@portkey-ai/gateway");
    Path program = home.resolve("build/start-server.js");
    if (!Files.exists(program)) {
      return Optional.empty();
    }
    return Optional.of(
        new ForeignGateway(
            "Portkey",
            versionIn(home.resolve("package.json")),
            (folder, port, upstream) ->
                List.of("node", program.toString(), "--port=" + port, "--headless"),
            "mock",
            Map.of("x-portkey-provider", "openai", "Authorization", "Bearer none")));
  }

  /**
   * @param program the file litellm of a Python environment
   */
  static Optional<Gateway> liteLlm(Optional<Path> program) throws IOException {
    if (program.isEmpty() || !Files.isExecutable(program.get())) {
      return Optional.empty();
    }
    return Optional.of(
        new ForeignGateway(
            "LiteLLM",
            liteLlmVersion(program.get()),
            (folder, port, upstream) -> {
              Path config = folder.resolve("litellm.yaml");
              Files.writeString(
                  config,
                  """
                  model_list:
                    - model_name: mock
                      litellm_params: {model: openai/mock, api_base: 'http://127.0.0.1:%d/v1', api_key: none}
                  """
                      .formatted(upstream));
              return List.of(
                  program.get().toString(),
                  "--config",
                  config.toString(),
                  "--port",
                  Integer.toString(port),
                  "--num_workers",
                  "1");
            },
            "mock",
            Map.of("Authorization", "Bearer none")));
  }

  private static String versionIn(Path file) throws IOException {
    Matcher found = Pattern.compile("\"version\": *\"([^\"]+)\"").matcher(Files.readString(file));
    return found.find() ? found.group(1) : "?";
  }

  private static String liteLlmVersion(Path program) throws IOException {
    Path lib = program.toAbsolutePath().resolveSibling("../lib").normalize();
    try (Stream<Path> found = Files.walk(lib, 3)) {
      return found
          .map(p -> String.valueOf(p.getFileName()))
          .filter(n -> n.matches("litellm-[\\d.]+.*dist-info"))
          .map(n -> n.replaceAll("litellm-|\\.dist-info", ""))
          .findFirst()
          .orElse("?");
    }
  }

  @Override
  public void start(Path folder, int server) throws IOException, InterruptedException {
    upstream = server;
    port = FreePort.find();
    ProcessBuilder builder =
        new ProcessBuilder(start.command(folder, port, server))
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().put("LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY", "true");
    Process started = builder.start();
    process = started;
    long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
    while (!answers()) {
      if (!started.isAlive() || System.nanoTime() > deadline) {
        throw new IOException(name + " does not start; see " + folder.resolve(name + ".log"));
      }
      Thread.sleep(200);
    }
    Thread.sleep(2_000);
  }

  /** Some listen long before they can answer. */
  private boolean answers() {
    try (Client client = new Client(port, headers())) {
      String ask =
          "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"a fox\"}]}"
              .formatted(model);
      return client.ask(client.chat("/v1/chat/completions", ask)).status() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Map<String, String> headers() {
    Map<String, String> all = new java.util.LinkedHashMap<>(extra);
    if (name.equals("Portkey")) {
      all.put("x-portkey-custom-host", "http://127.0.0.1:" + upstream + "/v1");
    }
    return all;
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public List<Long> pids() {
    Process now = process;
    if (now == null) {
      return List.of();
    }
    List<Long> pids = new ArrayList<>(List.of(now.pid()));
    now.descendants().forEach(child -> pids.add(child.pid()));
    return pids;
  }

  @Override
  public void close() {
    Process now = process;
    if (now != null) {
      now.descendants().forEach(ProcessHandle::destroyForcibly);
      now.destroyForcibly();
    }
  }
}
