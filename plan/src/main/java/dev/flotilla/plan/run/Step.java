package dev.flotilla.plan.run;

import dev.flotilla.plan.Block;
import dev.flotilla.plan.Hashes;

/**
 * A block of commands ready to be run.
 *
 * @param name {@code step:1} or {@code rollback:1}, as the journal calls it
 * @param script the exact bytes that are run, as text
 */
public record Step(String name, Block.Role role, int number, String language, String script) {

  /** Of the interpreter and the script. */
  public String hash() {
    return Hashes.of(language + "\n" + script).substring(0, 12);
  }

  /** What runs the script; the file's name is added. */
  public java.util.List<String> interpreter() {
    return switch (language) {
      case "python", "python3" -> java.util.List.of("python3");
      case "zsh" -> java.util.List.of("zsh", "-e");
      default -> java.util.List.of("bash", "-e", "-o", "pipefail");
    };
  }
}
