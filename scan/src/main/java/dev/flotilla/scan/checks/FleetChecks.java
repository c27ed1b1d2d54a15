package dev.flotilla.scan.checks;

import dev.flotilla.scan.facts.Examples;
import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.State;
import dev.flotilla.scan.graph.Agents.ConfiguredAgent;
import dev.flotilla.scan.graph.Repository;
import dev.flotilla.scan.rules.Confidence;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The agents of the configurations against the agents in the code. */
final class FleetChecks {
  private FleetChecks() {}

  static List<Finding> of(Repository repository) {
    List<Finding> findings = new ArrayList<>();
    Set<String> names = new HashSet<>();
    repository.agents().inForce().forEach(agent -> names.add(agent.name()));
    Set<String> tested = tested(repository);
    for (ConfiguredAgent agent : repository.agents().inForce()) {
      String who = agent.name() + "@" + agent.machine();
      if (agent.path().isEmpty()) {
        add(findings, Rule.GHOST_AGENT, agent, who + ": " + agent.script() + " does not exist");
      } else {
        script(agent, who, repository, tested, findings);
      }
      for (String need : agent.needs()) {
        if (!names.contains(need.replaceAll("@.*", ""))) {
          add(
              findings,
              Rule.NEED_MISSING,
              agent,
              who + " depends on " + need + ", which is not configured");
        }
      }
    }
    unlisted(repository, findings);
    return findings;
  }

  private static void script(
      ConfiguredAgent agent,
      String who,
      Repository repository,
      Set<String> tested,
      List<Finding> findings) {
    String path = agent.path().orElseThrow();
    Optional<FileFacts> file = repository.file(path);
    if (repository.isBackup(path)) {
      add(findings, Rule.BACKUP_AGENT, agent, who + " runs the backup " + path);
    }
    if (file.isEmpty()) {
      return;
    }
    FileFacts facts = file.get();
    if (facts.state() != State.PARSED) {
      String why =
          facts.findings().stream()
              .filter(f -> f.rule() == Rule.SYNTAX_ERROR)
              .map(f -> " line " + f.line() + ": " + f.message())
              .findFirst()
              .orElse("");
      add(findings, Rule.BROKEN_AGENT, agent, who + ": " + path + " does not parse," + why);
    }
    if (!tested.contains(path)) {
      findings.add(
          Finding.of(
              Rule.NO_TESTS, Confidence.INFERRED, path, 0, who + ": no test imports or names it"));
    }
    boolean based = facts.of(Fact.Kind.CLASS).anyMatch(f -> f.value(1).contains("BaseAgent"));
    if (!based && !facts.has(Fact.Kind.HEALTH)) {
      findings.add(
          Finding.of(
              Rule.NO_HEALTH, Confidence.INFERRED, path, 0, who + " answers no health question"));
    }
    boolean stops =
        facts
            .of(Fact.Kind.TRAIT)
            .anyMatch(f -> Set.of("signal", "cleanup", "atexit").contains(f.value(0)));
    if (!based && !stops) {
      findings.add(
          Finding.of(
              Rule.NO_STOP,
              Confidence.INFERRED,
              path,
              0,
              who + " has no clean-up and handles no signal"));
    }
  }

  private static void add(
      List<Finding> findings, Rule rule, ConfiguredAgent agent, String message) {
    findings.add(Finding.of(rule, Confidence.INFERRED, agent.file(), agent.line(), message));
  }

  private static Set<String> tested(Repository repository) {
    Set<String> tested = new HashSet<>();
    for (FileFacts file : repository.python()) {
      if (Repository.isTest(file.path())) {
        tested.addAll(repository.imports().edges().getOrDefault(file.path(), Map.of()).keySet());
        file.of(Fact.Kind.SCRIPT_REFERENCE).forEach(f -> tested.add(f.value(0)));
      }
    }
    return tested;
  }

  /** Classes that look like agents, in files that start something, in no configuration at all. */
  private static void unlisted(Repository repository, List<Finding> findings) {
    Set<String> named = new HashSet<>();
    repository.agents().inForce().forEach(a -> named.add(last(a.script())));
    repository.agents().mentioned().forEach(a -> named.add(last(a.script())));
    if (repository.agents().inForce().isEmpty()) {
      return;
    }
    for (FileFacts file : repository.living()) {
      boolean main = file.of(Fact.Kind.TRAIT).anyMatch(f -> f.value(0).equals("main"));
      Optional<Fact> type =
          file.of(Fact.Kind.CLASS)
              .filter(f -> f.value(1).contains("BaseAgent") || f.value(0).endsWith("Agent"))
              .findFirst();
      if (main
          && !Examples.contains(file.path())
          && type.isPresent()
          && !named.contains(last(file.path()))) {
        findings.add(
            Finding.of(
                Rule.UNLISTED_AGENT,
                Confidence.INFERRED,
                file.path(),
                type.get().line(),
                type.get().value(0) + " is in no configuration"));
      }
    }
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
