package dev.flotilla.scan.fix;

import dev.flotilla.scan.rules.Rule;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What can be mended by itself. */
public enum Fix {
  BACKUPS(true, "moves backups to archive/"),
  UNUSED(true, "takes requirements out that nothing imports"),
  DUPLICATES(true, "takes requirements out that stand twice"),
  STDLIB(true, "takes standard-library modules out"),
  PINS(true, "pins to the one version the repository names"),
  MISSING(true, "adds distributions that are imported"),
  EXCEPTS(false, "puts the SDK's SafeExecutor in the place of broad excepts"),
  PORTS(false, "reads hard-coded ports and addresses from the environment");

  private final boolean usual;
  private final String description;

  Fix(boolean usual, String description) {
    this.usual = usual;
    this.description = description;
  }

  /** Whether it is done without being asked for by name: it changes no program. */
  public boolean usual() {
    return usual;
  }

  /** What it does, in the third person. */
  public String description() {
    return description;
  }

  /** What it cannot know and its reader has to; empty when there is nothing. */
  public String caution() {
    return switch (this) {
      case UNUSED ->
          "unused: no Python file imports these; what is loaded by its name alone (a plug-in, a"
              + " database driver, a tool of the shell) cannot be seen, so read the lines.";
      case MISSING ->
          "missing: each name is the usual distribution of the import; another may bring it too.";
      case EXCEPTS ->
          "excepts: errors that are not named go up now, where the program went on before; what"
              + " is raised inside of libraries is known for the usual ones only.";
      case PORTS ->
          "ports: the old value stays the default; whoever connects reads a variable of its own.";
      case BACKUPS, DUPLICATES, STDLIB, PINS -> "";
    };
  }

  /** The rules whose findings it mends. */
  public List<Rule> rules() {
    return switch (this) {
      case BACKUPS -> List.of(Rule.BACKUP_FILE);
      case UNUSED -> List.of(Rule.UNUSED_REQUIREMENT);
      case DUPLICATES -> List.of(Rule.DUPLICATE_REQUIREMENT);
      case STDLIB -> List.of(Rule.STDLIB_REQUIREMENT);
      case PINS -> List.of(Rule.UNPINNED);
      case MISSING -> List.of(Rule.MISSING_REQUIREMENT);
      case EXCEPTS -> List.of(Rule.BARE_EXCEPT, Rule.BROAD_EXCEPT, Rule.SWALLOWED);
      case PORTS -> List.of(Rule.HARD_PORT, Rule.HARD_ADDRESS);
    };
  }

  /** The name in commands. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Those that are done when nothing is said. */
  public static Set<Fix> usualOnes() {
    Set<Fix> result = EnumSet.noneOf(Fix.class);
    Arrays.stream(values()).filter(Fix::usual).forEach(result::add);
    return result;
  }

  /** What that name, or the id or name of a rule, means. */
  public static Optional<Fix> named(String word) {
    return Arrays.stream(values())
        .filter(
            fix ->
                fix.word().equalsIgnoreCase(word)
                    || Rule.named(word).filter(fix.rules()::contains).isPresent())
        .findFirst();
  }
}
