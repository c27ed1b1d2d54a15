package dev.flotilla.scan.tracker;

import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.read.Secrets;
import dev.flotilla.scan.report.Fingerprints;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What should be in a tracker. */
public final class Tickets {
  /** The label by which issues are found again. */
  public static final String LABEL = "flotilla-scan";

  private static final int LONGEST_TITLE = 120;
  private static final int MOST_FILES = 200;

  private Tickets() {}

  /** One for each TODO of the code. */
  public static List<Ticket> todos(ScanResult result) {
    List<Ticket> tickets = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (Finding finding : result.findings()) {
      if (finding.rule() != Rule.TODO) {
        continue;
      }
      String words = withoutSecrets(finding.message());
      String normal = words.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
      String key = "todo|" + finding.file() + "|" + normal;
      int ordinal = seen.merge(key, 1, Integer::sum);
      String machine = result.repository().agents().machineOf(finding.file());
      tickets.add(
          new Ticket(
              "todo",
              Fingerprints.hash(key + "|" + ordinal),
              Fingerprints.hash("todo|" + normal),
              shortened(words.strip().endsWith(":") ? words + " " + finding.file() : words),
              "`"
                  + finding.file()
                  + "` says in line "
                  + finding.line()
                  + ":\n\n```text\n"
                  + words.replace("`", "'").replace("<!--", "<--")
                  + "\n```\n\nMachine: "
                  + machine
                  + ". This issue follows the comment and closes when it is gone.",
              List.of(LABEL, "todo")));
    }
    return tickets;
  }

  /** One for each top folder that has backups in it. */
  public static List<Ticket> backups(ScanResult result) {
    Map<String, List<String>> folders = new TreeMap<>();
    for (Finding finding : result.findings()) {
      if (finding.rule() == Rule.BACKUP_FILE) {
        int slash = finding.file().indexOf('/');
        String folder = slash < 0 ? "" : finding.file().substring(0, slash);
        folders.computeIfAbsent(folder, _ -> new ArrayList<>()).add(finding.file());
      }
    }
    List<Ticket> tickets = new ArrayList<>();
    folders.forEach(
        (folder, files) -> {
          String where = folder.isEmpty() ? "the top folder" : folder + "/";
          StringBuilder body =
              new StringBuilder("Backups, trash or deprecated files in the living tree:\n\n");
          files.stream().limit(MOST_FILES).forEach(f -> body.append("- `").append(f).append("`\n"));
          if (files.size() > MOST_FILES) {
            body.append("- and ").append(files.size() - MOST_FILES).append(" more\n");
          }
          body.append("\n`flotilla scan fix --only backups --write` moves them to `archive/`.");
          body.append(" This issue closes when they are gone.");
          String hash = Fingerprints.hash("backup|" + folder);
          tickets.add(
              new Ticket(
                  "backup",
                  hash,
                  hash,
                  "Move the backups in " + where + " to archive/",
                  body.toString(),
                  List.of(LABEL, "cleanup")));
        });
    return tickets;
  }

  private static String withoutSecrets(String text) {
    StringBuilder result = new StringBuilder();
    for (String word : text.split("(?<=\\s)|(?=\\s)", -1)) {
      result.append(Secrets.known(word).isPresent() ? "[redacted]" : word);
    }
    return result.toString();
  }

  private static String shortened(String text) {
    return text.length() > LONGEST_TITLE ? text.substring(0, LONGEST_TITLE - 1) + "…" : text;
  }
}
