package dev.flotilla.bench.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The same commands while a node runs, and whether it says the same as a command by itself. */
final class Thin implements AutoCloseable {
  private final String launcher;
  private final Path home;
  private final Path fleet;

  Thin(Path launcher, Path root) throws IOException {
    this.launcher = launcher.toString();
    this.home = Files.createDirectories(root.resolve("home"));
    this.fleet = Files.createDirectories(root.resolve("fleet"));
    Files.writeString(
        fleet.resolve("fleet.yaml"), "fleet: bench\nagents:\n  Idle:\n    command: sleep 100000\n");
    Tools.said(in(fleet, "up"));
  }

  private List<String> in(Path folder, String words) {
    return List.of(
        "sh",
        "-c",
        "cd '" + folder + "' && FLOTILLA_HOME='" + home + "' '" + launcher + "' " + words);
  }

  /** A command line that the node answers. */
  List<String> command(String line) {
    List<String> command =
        new ArrayList<>(List.of("env", "FLOTILLA_HOME=" + home, launcher, "plan"));
    command.addAll(List.of(line.split(" ")));
    return command;
  }

  /** How many of these lines a node answers with other bytes than a command by itself. */
  long differences(Path folder, List<String> lines) throws IOException {
    long differences = 0;
    for (String line : lines) {
      String served = Tools.said(in(folder, "plan " + line));
      String alone =
          Tools.said(List.of("sh", "-c", "cd '" + folder + "' && '" + launcher + "' plan " + line));
      differences += served.equals(alone) ? 0 : 1;
    }
    return differences;
  }

  @Override
  public void close() throws IOException {
    Tools.said(in(fleet, "down"));
  }
}
