package dev.flotilla.bench.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** process-compose, with a liveness probe each second for every agent, as Flotilla has. */
final class ProcessCompose implements Peer {
  private final List<Process> daemons = new ArrayList<>();
  private Path folder = Path.of("");

  @Override
  public String name() {
    return "process-compose";
  }

  @Override
  public Optional<String> version() {
    return Shell.find("process-compose").flatMap(found -> Versions.ofBuild(found));
  }

  @Override
  public boolean probes() {
    return true;
  }

  @Override
  public void prepare(Site site) throws IOException {
    folder = site.folder();
    StringBuilder text = new StringBuilder("version: '0.5'\nprocesses:\n");
    for (Site.Command command : site.commands()) {
      text.append("  ").append(command.name()).append(":\n    command: \"");
      if (command.argv().getFirst().equals("/bin/sh")) {
        Path file = folder.resolve(command.name() + ".sh");
        Shell.executable(file, "#!/bin/sh\n" + command.argv().getLast() + "\n");
        text.append(file);
      } else {
        text.append("exec ").append(String.join(" ", command.argv()));
      }
      text.append("\"\n    availability: {restart: always, backoff_seconds: 1}\n");
      text.append("    shutdown: {timeout_seconds: 1}\n");
      if (command.port() > 0) {
        String probe =
            ("{http_get: {host: 127.0.0.1, scheme: http, path: /, port: %d}, initial_delay_seconds:"
                    + " 0, period_seconds: 1, timeout_seconds: 1, failure_threshold: 3}\n")
                .formatted(command.port());
        text.append(command.needs().isEmpty() ? "    liveness_probe: " : "    readiness_probe: ")
            .append(probe);
        if (command.needs().isEmpty()) {
          text.append("    readiness_probe: ").append(probe);
        }
      }
      if (!command.needs().isEmpty()) {
        text.append("    depends_on:\n");
        command
            .needs()
            .forEach(
                need ->
                    text.append("      ").append(need).append(": {condition: process_healthy}\n"));
      }
    }
    Files.writeString(folder.resolve("process-compose.yaml"), text);
  }

  @Override
  public void start() throws IOException {
    daemons.add(
        Shell.start(
            folder.resolve("daemon.log"),
            List.of(
                "process-compose",
                "up",
                "-f",
                folder.resolve("process-compose.yaml").toString(),
                "-t=false",
                "-u",
                folder.resolve("pc.sock").toString(),
                "-L",
                folder.resolve("pc.log").toString())));
  }

  @Override
  public void stop() throws IOException, InterruptedException {
    Shell.run(
        Map.of(), List.of("process-compose", "down", "-u", folder.resolve("pc.sock").toString()));
    for (Process daemon : daemons) {
      if (!daemon.waitFor(Duration.ofSeconds(60))) {
        daemon.destroyForcibly();
      }
    }
  }

  @Override
  public List<Long> supervisors() {
    return daemons.stream().map(Process::pid).toList();
  }
}
