package dev.flotilla.scan.fix;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.graph.Agents.ConfiguredAgent;
import dev.flotilla.scan.graph.Backups;
import dev.flotilla.scan.graph.Repository;
import dev.flotilla.scan.rules.Finding;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Moves backups to {@code archive/}, unless something that lives still needs them. */
final class BackupFix {
  private static final String ARCHIVE = "archive/";

  private BackupFix() {}

  static void plan(List<Finding> findings, Workbench bench) {
    Map<String, String> users = users(bench.repository());
    for (Finding finding : findings) {
      String path = finding.file();
      String user = users.get(path);
      if (user != null) {
        bench.leave(finding, user + " still needs it");
      } else if (bench.repository().exists(ARCHIVE + path)) {
        bench.leave(finding, ARCHIVE + path + " is there already");
      } else {
        bench.add(new Change.Move(path, ARCHIVE + path, EnumSet.of(finding.rule())));
      }
    }
  }

  /** Backups that living files name, each with one that does. */
  private static Map<String, String> users(Repository repository) {
    Map<String, String> users = new HashMap<>();
    Stream.concat(
            repository.agents().inForce().stream(),
            repository.agents().mentioned().stream().filter(a -> !Backups.contains(a.file())))
        .forEach(agent -> agent.path().ifPresent(path -> users.put(path, named(agent))));
    repository
        .imports()
        .edges()
        .forEach(
            (from, to) -> {
              if (!Backups.contains(from)) {
                to.keySet().forEach(path -> users.putIfAbsent(path, from));
              }
            });
    for (FileFacts file : repository.files()) {
      if (!Backups.contains(file.path())) {
        file.of(Fact.Kind.SCRIPT_REFERENCE)
            .forEach(fact -> found(fact.value(0), file.path(), users, repository));
        file.of(Fact.Kind.DOCKER)
            .flatMap(fact -> Stream.of(fact.value(1).split("[\\s\"',\\[\\]]+")))
            .forEach(word -> found(word, file.path(), users, repository));
      }
    }
    return users;
  }

  private static String named(ConfiguredAgent agent) {
    return agent.name() + " in " + agent.file();
  }

  private static void found(
      String word, String user, Map<String, String> users, Repository repository) {
    String plain = word.replaceAll("^(?:\\./|/app/|/workspace/)", "");
    String beside = user.substring(0, user.lastIndexOf('/') + 1) + plain;
    Optional.of(plain)
        .filter(repository::exists)
        .or(() -> Optional.of(beside).filter(repository::exists))
        .ifPresent(path -> users.putIfAbsent(path, user));
  }
}
