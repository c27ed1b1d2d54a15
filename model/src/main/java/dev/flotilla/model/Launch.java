package dev.flotilla.model;

import java.util.List;
import java.util.Optional;

/** How an agent is started. */
public sealed interface Launch {

  /**
   * One of Flotilla's own services, hosted in the JVM of its group.
   *
   * @param name such as {@code ServiceRegistry}
   * @param listen where it listens beyond loopback
   */
  record Service(String name, Optional<Listen> listen) implements Launch {
    /** On loopback alone. */
    public Service(String name) {
      this(name, Optional.empty());
    }
  }

  /**
   * A process.
   *
   * @param argv program and arguments, never read by a shell
   * @param directory working directory, absolute
   */
  record Command(List<String> argv, String directory) implements Launch {
    public Command {
      argv = List.copyOf(argv);
    }
  }

  /**
   * A container.
   *
   * @param reference image name with tag or digest
   * @param argv the command in place of the image's own
   */
  record Image(String reference, Optional<List<String>> argv, List<String> volumes)
      implements Launch {
    public Image {
      argv = argv.map(List::copyOf);
      volumes = List.copyOf(volumes);
    }
  }
}
