package dev.flotilla.cli.scan;

import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.tracker.Ticket;
import dev.flotilla.scan.tracker.Tickets;
import java.util.List;
import java.util.Locale;

/** What a scan finds that issues can be kept of. */
enum Tracked {
  TODOS(
      "todo",
      Rule.TODO,
      "List what the comments say is still to be done, and keep issues of it.",
      "one issue a TODO, once",
      "No TODO left."),
  BACKUPS(
      "backup",
      Rule.BACKUP_FILE,
      "List backups, trash and deprecated files, and keep issues of them.",
      "one issue a top folder",
      "No backups.");

  private final String kind;
  private final Rule rule;
  private final String description;
  private final String issue;
  private final String none;

  Tracked(String kind, Rule rule, String description, String issue, String none) {
    this.kind = kind;
    this.rule = rule;
    this.description = description;
    this.issue = issue;
    this.none = none;
  }

  /** The name of its command. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The word by which the tracker's issues of this kind are known. */
  String kind() {
    return kind;
  }

  /** What decides so. */
  Rule rule() {
    return rule;
  }

  /** What the tracker should hold. */
  List<Ticket> tickets(ScanResult result) {
    return switch (this) {
      case TODOS -> Tickets.todos(result);
      case BACKUPS -> Tickets.backups(result);
    };
  }

  /** In a sentence. */
  String description() {
    return description;
  }

  /** Said when there is nothing. */
  String none() {
    return none;
  }

  /** How the command is used. */
  List<String> examples() {
    String command = "  flotilla scan " + word();
    return List.of(
        command,
        "%-52s%s".formatted(command + " --issues github", "what would be done, nothing written"),
        "%-52s%s".formatted(command + " --issues github --write", issue));
  }
}
