package dev.flotilla.bench.runtime;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which versions were measured. */
final class Versions {
  private Versions() {}

  /** What a program says of itself; empty when it is not here. */
  static Optional<String> of(String program, String option) {
    return Shell.find(program).flatMap(found -> first(List.of(found, option)));
  }

  /** The version of a Debian package. */
  static Optional<String> ofPackage(String name) {
    return Shell.find("dpkg-query")
        .flatMap(found -> first(List.of(found, "-W", "-f", "${Version}\n", name)));
  }

  /** What {@code program version} says. */
  static Optional<String> ofBuild(String program) {
    try {
      return Shell.run(Map.of(), List.of(program, "version"))
          .lines()
          .filter(line -> line.startsWith("Version:"))
          .map(line -> line.substring("Version:".length()).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<String> first(List<String> command) {
    try {
      return Shell.run(Map.of(), command).lines().findFirst().map(String::strip);
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
