package dev.flotilla.bench.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** pm2 from npm. */
final class Pm2 implements Peer {
  private Map<String, String> environment = Map.of();
  private Path folder = Path.of("");

  @Override
  public String name() {
    return "pm2";
  }

  @Override
  public Optional<String> version() {
    return Shell.find("pm2")
        .flatMap(
            found -> {
              try {
                Path manifest = Path.of(found).toRealPath().resolveSibling("../package.json");
                return Files.readAllLines(manifest.normalize()).stream()
                    .filter(line -> line.contains("\"version\""))
                    .map(line -> line.replaceAll(".*: \"|\",?$", ""))
                    .findFirst();
              } catch (IOException e) {
                return Optional.of("unknown");
              }
            });
  }

  @Override
  public void prepare(Site site) throws IOException, InterruptedException {
    folder = site.folder();
    environment = Map.of("PM2_HOME", folder.resolve("home").toString());
    List<String> apps = new ArrayList<>();
    for (Site.Command command : site.commands()) {
      String script = command.argv().getFirst();
      List<String> quoted = new ArrayList<>();
      command.argv().stream()
          .skip(1)
          .forEach(argument -> quoted.add("\"" + argument.replace("\"", "\\\"") + "\""));
      apps.add(
          "{\"name\":\"%s\",\"script\":\"%s\",\"args\":[%s],\"interpreter\":\"none\"}"
              .formatted(command.name(), script, String.join(",", quoted)));
    }
    Files.writeString(folder.resolve("apps.json"), "{\"apps\":[" + String.join(",\n", apps) + "]}");
    Shell.run(environment, List.of("pm2", "ping"));
  }

  @Override
  public void start() throws IOException, InterruptedException {
    Shell.run(environment, List.of("pm2", "start", folder.resolve("apps.json").toString()));
  }

  @Override
  public void stop() throws IOException, InterruptedException {
    Shell.run(environment, List.of("pm2", "kill"));
  }

  @Override
  public List<Long> supervisors() {
    try {
      return List.of(
          Long.parseLong(Files.readString(folder.resolve("home").resolve("pm2.pid")).strip()));
    } catch (IOException e) {
      return List.of();
    }
  }
}
