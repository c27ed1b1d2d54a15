package dev.flotilla.bench.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A supervisor that is one daemon with a folder or file of configuration. */
abstract sealed class DaemonPeer implements Peer
    permits DaemonPeer.Supervisord, DaemonPeer.Runit, DaemonPeer.S6 {
  private final List<Process> daemons = new ArrayList<>();
  private Optional<Path> folder = Optional.empty();

  @Override
  public void prepare(Site site) throws IOException {
    folder = Optional.of(site.folder());
    configure(site);
  }

  abstract void configure(Site site) throws IOException;

  abstract List<String> command(Path folder);

  abstract void end(Process daemon, Path folder) throws IOException, InterruptedException;

  @Override
  public void start() throws IOException {
    Path place = folder.orElseThrow();
    daemons.add(Shell.start(place.resolve("daemon.log"), command(place)));
  }

  @Override
  public void stop() throws IOException, InterruptedException {
    for (Process daemon : daemons) {
      end(daemon, folder.orElseThrow());
      if (!daemon.waitFor(Duration.ofMinutes(2))) {
        daemon.destroyForcibly();
      }
    }
  }

  /** With the helpers that sit between the daemon and the agents. */
  @Override
  public List<Long> supervisors() {
    List<Long> pids = new ArrayList<>();
    for (Process daemon : daemons) {
      pids.add(daemon.pid());
      daemon
          .descendants()
          .filter(
              p ->
                  p.info()
                      .command()
                      .filter(c -> c.contains("runsv") || c.contains("s6-"))
                      .isPresent())
          .forEach(p -> pids.add(p.pid()));
    }
    return pids;
  }

  private static String script(Site.Command command) {
    List<String> quoted = new ArrayList<>();
    command.argv().forEach(word -> quoted.add("'" + word + "'"));
    return "#!/bin/sh\nexec " + String.join(" ", quoted) + "\n";
  }

  /** Debian's supervisor. */
  static final class Supervisord extends DaemonPeer {
    @Override
    public String name() {
      return "supervisor";
    }

    @Override
    public Optional<String> version() {
      return Versions.of("supervisord", "--version");
    }

    @Override
    void configure(Site site) throws IOException {
      StringBuilder text =
          new StringBuilder(
              "[supervisord]\nnodaemon=true\nlogfile=%s/sv.log\npidfile=%s/sv.pid\n"
                  .formatted(site.folder(), site.folder()));
      List<String> names = site.commands().stream().map(Site.Command::name).toList();
      // Without a group it stops one program after the other, each in one turn of its loop of 1 s.
      text.append("[group:all]\nprograms=%s\n".formatted(String.join(",", names)));
      for (Site.Command command : site.commands()) {
        text.append(
            "[program:%s]\nautorestart=true\nstdout_logfile=%s/%s.out\nredirect_stderr=true\n"
                .formatted(command.name(), site.folder(), command.name()));
        if (command.argv().getFirst().equals("/bin/sh")) {
          Path file = site.folder().resolve(command.name() + ".sh");
          Shell.executable(file, script(command));
          text.append("command=").append(file).append('\n');
        } else {
          text.append("command=").append(String.join(" ", command.argv())).append('\n');
        }
      }
      Files.writeString(site.folder().resolve("sv.conf"), text);
    }

    @Override
    List<String> command(Path folder) {
      return List.of("supervisord", "-c", folder.resolve("sv.conf").toString());
    }

    @Override
    void end(Process daemon, Path folder) {
      daemon.destroy();
    }
  }

  /** runit. */
  static final class Runit extends DaemonPeer {
    @Override
    public String name() {
      return "runit";
    }

    @Override
    public Optional<String> version() {
      return Shell.find("runsvdir").flatMap(found -> Versions.ofPackage("runit"));
    }

    @Override
    void configure(Site site) throws IOException {
      scripts(site);
    }

    @Override
    List<String> command(Path folder) {
      return List.of("runsvdir", folder.resolve("services").toString());
    }

    @Override
    void end(Process daemon, Path folder) throws IOException, InterruptedException {
      Shell.run(Map.of(), List.of("kill", "-HUP", Long.toString(daemon.pid())));
    }
  }

  /** s6. */
  static final class S6 extends DaemonPeer {
    @Override
    public String name() {
      return "s6";
    }

    @Override
    public Optional<String> version() {
      return Shell.find("s6-svscan").flatMap(found -> Versions.ofPackage("s6"));
    }

    @Override
    void configure(Site site) throws IOException {
      scripts(site);
    }

    @Override
    List<String> command(Path folder) {
      return List.of("s6-svscan", folder.resolve("services").toString());
    }

    @Override
    void end(Process daemon, Path folder) throws IOException, InterruptedException {
      Shell.run(Map.of(), List.of("s6-svscanctl", "-t", folder.resolve("services").toString()));
    }
  }

  static void scripts(Site site) throws IOException {
    for (Site.Command command : site.commands()) {
      Path service =
          Files.createDirectories(site.folder().resolve("services").resolve(command.name()));
      Shell.executable(service.resolve("run"), script(command));
    }
  }
}
