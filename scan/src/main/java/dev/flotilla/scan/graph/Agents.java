package dev.flotilla.scan.graph;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The agents that configurations name. Where a machine has a start-up configuration of its own
 * ({@code folder/config/startup_config.yaml}) or there is a {@code fleet.yaml}, those are in force;
 * other configurations only count as mentions.
 */
public final class Agents {
  private static final Pattern IN_FORCE =
      Pattern.compile("^([^/]+)/config/startup_config\\.ya?ml$|^fleet\\.ya?ml$");

  private final List<ConfiguredAgent> inForce;
  private final List<ConfiguredAgent> mentioned;
  private final Map<String, ConfiguredAgent> byScript = new HashMap<>();

  /**
   * An agent as a configuration has it.
   *
   * @param file the configuration
   * @param line in it
   * @param script as written
   * @param path the script's file; absent when there is none
   * @param port 0 when it is not a number
   * @param healthPort 0 when it is not a number
   */
  public record ConfiguredAgent(
      String name,
      String machine,
      String group,
      String file,
      int line,
      String script,
      Optional<String> path,
      int port,
      int healthPort,
      List<String> needs,
      Map<String, String> config) {}

  private Agents(List<ConfiguredAgent> inForce, List<ConfiguredAgent> mentioned) {
    this.inForce = List.copyOf(inForce);
    this.mentioned = List.copyOf(mentioned);
    for (ConfiguredAgent agent : inForce) {
      agent.path().ifPresent(path -> byScript.putIfAbsent(path, agent));
    }
  }

  static Agents of(Repository repository) {
    List<ConfiguredAgent> own = new ArrayList<>();
    List<ConfiguredAgent> other = new ArrayList<>();
    List<ConfiguredAgent> rooted = new ArrayList<>();
    for (FileFacts file : repository.files()) {
      if (!file.has(Fact.Kind.AGENT)) {
        continue;
      }
      List<ConfiguredAgent> agents = read(file, repository);
      boolean force = IN_FORCE.matcher(file.path()).matches() && !repository.isBackup(file.path());
      if (force) {
        own.addAll(agents);
      } else if (file.path().matches("(?:config/)?startup_config\\.ya?ml")) {
        rooted.addAll(agents);
      } else {
        other.addAll(agents);
      }
    }
    if (own.isEmpty()) {
      own.addAll(rooted);
    } else {
      other.addAll(rooted);
    }
    return new Agents(own, other);
  }

  private static List<ConfiguredAgent> read(FileFacts file, Repository repository) {
    List<ConfiguredAgent> result = new ArrayList<>();
    String folder = machineFolder(file.path());
    for (Fact fact : file.of(Fact.Kind.AGENT).toList()) {
      String name = fact.value(0);
      String script = fact.value(1);
      List<String> needs =
          file.of(Fact.Kind.AGENT_NEED)
              .filter(n -> n.value(0).equals(name))
              .map(n -> n.value(1))
              .toList();
      Map<String, String> config = new HashMap<>();
      file.of(Fact.Kind.AGENT_CONFIG)
          .filter(c -> c.value(0).equals(name))
          .forEach(c -> config.put(c.value(1), c.value(2)));
      String machine = fact.value(5).isEmpty() ? machine(folder) : fact.value(5);
      result.add(
          new ConfiguredAgent(
              name,
              machine,
              fact.value(4),
              file.path(),
              fact.line(),
              script,
              path(script, folder, repository),
              number(fact.value(2)),
              number(fact.value(3)),
              needs,
              config));
    }
    return result;
  }

  private static Optional<String> path(String script, String folder, Repository repository) {
    String plain = script.replaceAll("^(?:\\./|/app/|/workspace/)", "");
    if (repository.exists(plain)) {
      return Optional.of(plain);
    }
    String below = folder + "/" + plain;
    return repository.exists(below) ? Optional.of(below) : Optional.empty();
  }

  private static String machineFolder(String path) {
    Matcher matcher = Pattern.compile("^([^/]+)/.*").matcher(path);
    return matcher.matches() ? matcher.group(1) : "";
  }

  /** The name of the machine a top folder belongs to: {@code main_pc_code} is {@code mainpc}. */
  public static String machine(String folder) {
    return folder.toLowerCase(Locale.ROOT).replaceAll("_?code$", "").replaceAll("[_\\-]", "");
  }

  private static int number(String text) {
    return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
  }

  /** The agents of the configurations in force, in their order. */
  public List<ConfiguredAgent> inForce() {
    return inForce;
  }

  /** The agents of other configurations. */
  public List<ConfiguredAgent> mentioned() {
    return mentioned;
  }

  /** The agent in force that a file is the script of. */
  public Optional<ConfiguredAgent> ofScript(String path) {
    return Optional.ofNullable(byScript.get(path));
  }

  /** The machine a file belongs to; {@code both} when it belongs to no one machine. */
  public String machineOf(String path) {
    ConfiguredAgent agent = byScript.get(path);
    if (agent != null) {
      return agent.machine();
    }
    String folder = machineFolder(path);
    for (ConfiguredAgent each : inForce) {
      if (!folder.isEmpty() && each.file().startsWith(folder + "/")) {
        return each.machine();
      }
    }
    return "both";
  }
}
