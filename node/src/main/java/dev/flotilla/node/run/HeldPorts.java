package dev.flotilla.node.run;

import dev.flotilla.model.check.ListeningPorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Names whoever listens on a port.
 *
 * @param proc where the kernel's tables are
 */
public record HeldPorts(Path proc) {

  /** Such as {@code nginx (pid 812)}; empty when it cannot be seen. */
  public Optional<String> holder(int port) {
    try {
      return new ListeningPorts(proc)
          .holders(Set.of(port)).stream()
              .filter(found -> found.pid() > 0)
              .map(found -> "%s (pid %d)".formatted(found.name(), found.pid()))
              .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
