package dev.flotilla.bench.runtime;

import dev.flotilla.cli.wiring.JvmCommand;
import dev.flotilla.model.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node in a JVM of its own, started with the options and the AOT cache that {@code flotilla up}
 * gives it, with a probe each second for every agent.
 */
final class FlotillaPeer implements Peer {
  /** As the launcher trains. */
  private static final List<String> TRAINING =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

  private final String classPath;
  private final Path cache;
  private final List<Process> nodes = new ArrayList<>();
  private Path folder = Path.of("");

  /**
   * @param classPath of jars only
   * @param cache a JDK AOT cache; made when it is not there
   */
  FlotillaPeer(String classPath, Path cache) {
    this.classPath = classPath;
    this.cache = cache;
  }

  @Override
  public String name() {
    return "Flotilla";
  }

  @Override
  public Optional<String> version() {
    return Optional.of(Version.CURRENT + ", JDK " + Runtime.version());
  }

  @Override
  public boolean probes() {
    return true;
  }

  @Override
  public void prepare(Site site) throws IOException, InterruptedException {
    folder = site.folder();
    String head = "fleet: bench\ngroups:\n  all: {}\nagents:\n";
    Files.writeString(
        folder.resolve("before.yaml"),
        head + "  idle: {group: all, command: [/bin/sleep, '9999']}\n");
    StringBuilder text = new StringBuilder(head);
    for (Site.Command command : site.commands()) {
      List<String> quoted = new ArrayList<>();
      command.argv().forEach(word -> quoted.add("'" + word + "'"));
      text.append(
          "  %s:\n    group: all\n    command: [%s]\n"
              .formatted(command.name(), String.join(", ", quoted)));
      if (command.port() > 0) {
        text.append(
            "    port: %d\n    health: {http: /, interval: 1s, timeout: 1s, failures: 3}\n"
                .formatted(command.port()));
      }
      if (!command.needs().isEmpty()) {
        text.append("    needs: [%s]\n".formatted(String.join(", ", command.needs())));
      }
    }
    Files.writeString(folder.resolve("fleet.yaml"), text);
    List<String> java =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    boolean trained = Files.exists(cache);
    java.add((trained ? "-XX:AOTCache=" : "-XX:AOTCacheOutput=") + cache);
    java.addAll(trained ? JvmCommand.SPARING : TRAINING);
    java.addAll(
        List.of(
            "-Xms16m",
            "-Xmx256m",
            "-cp",
            classPath,
            BenchNode.class.getName(),
            folder.toString(),
            folder.resolve("before.yaml").toString()));
    nodes.add(Shell.start(folder.resolve("node.log"), java));
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!Files.exists(nodeFile()) && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
  }

  private Path nodeFile() {
    return folder.resolve("bench").resolve("node.json");
  }

  @Override
  public void start() throws IOException {
    ask("/v1/apply", "{\"manifest\":\"" + folder.resolve("fleet.yaml") + "\"}");
  }

  @Override
  public void stop() throws IOException {
    ask("/v1/down", "{}");
  }

  /** Waits until the JVM is gone, which takes a while when it writes the cache. */
  void await() throws InterruptedException {
    for (Process node : nodes) {
      node.waitFor();
    }
  }

  /** The reason that the status gives for one agent. */
  String reason(String agent) throws IOException {
    String status = ask("GET", "/v1/status", "");
    Matcher matcher =
        Pattern.compile("\"name\":\"" + agent + "\".*?\"reason\":\"((?:[^\"\\\\]|\\\\.)*)\"")
            .matcher(status);
    return matcher.find() ? matcher.group(1) : status;
  }

  private void ask(String path, String body) throws IOException {
    String ignored = ask("POST", path, body);
    if (ignored.isEmpty()) {
      throw new IOException(path + " answered nothing");
    }
  }

  private String ask(String method, String path, String body) throws IOException {
    String file = Files.readString(nodeFile());
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + field(file, "port") + path).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setRequestProperty("Authorization", "Bearer " + field(file, "token"));
    if (!body.isEmpty()) {
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body.getBytes(StandardCharsets.UTF_8));
      }
    }
    if (connection.getResponseCode() != 200) {
      throw new IOException(path + " answered " + connection.getResponseCode());
    }
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String field(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]+)").matcher(json);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + name + " in " + "node.json");
    }
    return matcher.group(1);
  }

  @Override
  public List<Long> supervisors() {
    return nodes.stream().map(Process::pid).toList();
  }
}
