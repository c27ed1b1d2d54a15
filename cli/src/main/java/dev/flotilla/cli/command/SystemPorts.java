package dev.flotilla.cli.command;

import dev.flotilla.model.check.PortRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads what Linux keeps ports for. */
final class SystemPorts {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

  private final Path settings;
  private final boolean root;

  /**
   * @param settings as {@code /proc/sys/net/ipv4}
   * @param root whether this user may take every port
   */
  SystemPorts(Path settings, boolean root) {
    this.settings = settings;
    this.root = root;
  }

  /** What cannot be read is taken for no rule. */
  PortRules rules() {
    String[] range = read("ip_local_port_range").orElse("1 0").split("\\s+");
    Set<Integer> spared = new HashSet<>();
    RANGE
        .matcher(read("ip_local_reserved_ports").orElse(""))
        .results()
        .forEach(found -> add(found, spared));
    return new PortRules(
        root ? 0 : number(read("ip_unprivileged_port_start").orElse("0")),
        number(range[0]),
        range.length < 2 ? 0 : number(range[1]),
        spared);
  }

  private static void add(MatchResult found, Set<Integer> spared) {
    int first = number(found.group(1));
    int last = found.group(2) == null ? first : number(found.group(2));
    for (int port = first; port <= Math.min(last, 65_535); port++) {
      spared.add(port);
    }
  }

  private static int number(String text) {
    return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
  }

  private Optional<String> read(String name) {
    try {
      return Optional.of(Files.readString(settings.resolve(name)).strip());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
