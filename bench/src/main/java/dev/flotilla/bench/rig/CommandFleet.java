package dev.flotilla.bench.rig;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A fleet in a folder of its own, run by the command as people run it; its state lies in {@code
 * state} of that folder. Taken down when closed.
 *
 * @param folder with {@code fleet.yaml}
 * @param program the command, before its arguments
 */
public record CommandFleet(Path folder, List<String> program) implements AutoCloseable {

  /** Run by the classes of this JVM. */
  public CommandFleet(Path folder) {
    this(
        folder,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.flotilla.cli.Main"));
  }

  /**
   * How a command ended.
   *
   * @param said on its output and its errors
   */
  public record Ended(int exit, String said) {}

  /**
   * Writes the manifest and starts it.
   *
   * @throws IOException when it does not come up; the message is what the command said
   */
  public void up(String manifest) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("fleet.yaml"), manifest);
    var _ = flotilla("up");
  }

  /**
   * What a command says that succeeds.
   *
   * @throws IOException when it fails, with what it said
   */
  public String flotilla(String... arguments) throws IOException, InterruptedException {
    Ended ended = run(arguments);
    if (ended.exit() != 0) {
      throw new IOException("flotilla " + String.join(" ", arguments) + ": " + ended.said());
    }
    return ended.said();
  }

  /** A command and its end. */
  public Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("FLOTILLA_HOME", folder.resolve("state").toString());
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }

  /** Proportional memory of the JVM that hosts the fleet's services, in MiB. */
  public double pss() throws IOException, InterruptedException {
    double sum = 0;
    for (long pid : pids()) {
      sum +=
          Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
              .filter(line -> line.startsWith("Pss:"))
              .mapToDouble(line -> Double.parseDouble(line.split("\\s+")[1]) / 1024)
              .sum();
    }
    return sum;
  }

  /** Whether such a library is in the memory of the fleet's services. */
  public boolean maps(String library) throws IOException, InterruptedException {
    for (long pid : pids()) {
      if (Files.readString(Path.of("/proc/" + pid + "/maps")).contains(library)) {
        return true;
      }
    }
    return false;
  }

  private List<Long> pids() throws IOException, InterruptedException {
    JsonNode status = Wire.mapper().readTree(flotilla("--json", "status"));
    List<Long> pids = new ArrayList<>();
    status.path("agents").forEach(agent -> pids.add(agent.path("pid").asLong()));
    return pids.stream().distinct().toList();
  }

  @Override
  public void close() throws IOException {
    try {
      var _ = flotilla("down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
