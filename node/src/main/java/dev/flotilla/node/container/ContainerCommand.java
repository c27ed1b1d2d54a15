package dev.flotilla.node.container;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Limits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The command lines that run, remove and find the containers of one fleet. Pure.
 *
 * @param engine the program of Docker, or of one that takes the same words
 * @param fleet the fleet's name
 * @param state the fleet's state folder, which tells its containers from those of others
 */
record ContainerCommand(Path engine, String fleet, String state) {
  static final String STATE_LABEL = "flotilla.state";

  /** The shell waits a moment for what is left of an earlier run to be gone, and becomes it. */
  private static final String FRESH =
      "\"$0\" rm -f \"$1\" >/dev/null 2>&1; shift; exec \"$0\" \"$@\"";

  /** The same for every run of an agent, so that none is ever there twice. */
  String name(AgentId agent) {
    String place = HexFormat.of().toHexDigits(state.hashCode());
    String plain = (fleet + "-" + agent.name() + "-" + agent.machine()).replaceAll("[^\\w.-]", "_");
    return "flotilla-" + plain + "-" + place;
  }

  /**
   * Runs an agent as a process that ends with its container and passes signals on. The container
   * has the network of the machine, so that its ports are the agent's.
   *
   * @param variables names of those that the container gets from the environment of the process
   */
  List<String> run(Agent agent, Launch.Image image, Set<String> variables) {
    String name = name(agent.id());
    List<String> argv =
        new ArrayList<>(
            List.of("/bin/sh", "-c", FRESH, engine.toString(), name, "run", "--rm", "--init"));
    argv.addAll(List.of("--name", name, "--network", "host", "--log-driver", "none"));
    argv.addAll(List.of("--label", STATE_LABEL + "=" + state));
    new TreeSet<>(variables).forEach(variable -> argv.addAll(List.of("--env", variable)));
    argv.addAll(limits(agent.limits()));
    Path folder =
        Optional.ofNullable(Path.of(agent.where().file()).getParent()).orElse(Path.of(""));
    image.volumes().forEach(volume -> argv.addAll(List.of("--volume", volume(volume, folder))));
    argv.add(image.reference());
    image.argv().ifPresent(argv::addAll);
    return argv;
  }

  /** A folder that is written from the manifest's place; a volume's name stays. */
  private static String volume(String text, Path folder) {
    int colon = text.indexOf(':');
    String source = colon < 0 ? text : text.substring(0, colon);
    return source.startsWith(".")
        ? folder.resolve(source).toAbsolutePath().normalize() + text.substring(source.length())
        : text;
  }

  private static List<String> limits(Limits limits) {
    List<String> argv = new ArrayList<>();
    limits.cpu().ifPresent(cores -> argv.add("--cpus=" + cores));
    limits.memory().ifPresent(memory -> argv.add("--memory=" + memory.count()));
    limits.threads().ifPresent(threads -> argv.add("--pids-limit=" + threads));
    limits.vram().ifPresent(vram -> argv.add("--gpus=all"));
    return argv;
  }

  /** How the limits are kept, for people; empty when there are none. */
  static String kept(Limits limits) {
    List<String> kept = new ArrayList<>();
    limits.cpu().ifPresent(c -> kept.add(String.format(Locale.ROOT, "cpu ≤ %s", c)));
    limits.memory().ifPresent(memory -> kept.add("memory ≤ " + memory));
    limits.threads().ifPresent(threads -> kept.add("threads ≤ " + threads));
    return kept.isEmpty() ? "" : String.join(", ", kept) + " by the container engine";
  }

  /** Removes a container whatever it does; well when there is none. */
  List<String> remove(AgentId agent) {
    return List.of(engine.toString(), "rm", "-f", name(agent));
  }

  /** Removes what an earlier node left, but for the given agents. */
  List<String> removeOthers(Set<AgentId> kept) {
    List<String> argv =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                "label=$1; shift; for name in $(\"$0\" ps -a --filter label=\"$label\" --format"
                    + " '{{.Names}}'); do case \" $* \" in *\" $name \"*) ;; *) \"$0\" rm -f"
                    + " \"$name\";; esac; done",
                engine.toString(),
                STATE_LABEL + "=" + state));
    kept.stream().map(this::name).sorted().forEach(argv::add);
    return argv;
  }
}
