package dev.flotilla.scan.roadmap;

import dev.flotilla.scan.rules.Rule;
import java.util.Arrays;
import java.util.Optional;

/** A piece of work that mends findings of several rules, in the order in which they are tried. */
public enum Initiative {
  GUARDRAILS(
      "Stop it from getting worse",
      "A baseline, the gate in CI and the hook before each commit, so that nothing new comes in"
          + " while the old is mended.",
      new Risk(Chance.LOW, Chance.LOW, "the gate fails on new findings only"),
      "flotilla scan --baseline scan-baseline.json --create-baseline",
      "flotilla scan ci --write"),
  START(
      "Make every configured agent start",
      "What the configuration names must exist, parse and find what it depends on.",
      new Risk(Chance.LOW, Chance.HIGH, "start them with flotilla rehearse before the fleet"),
      "flotilla scan drift"),
  SECRETS(
      "Take credentials out of the source",
      "Whoever reads the repository has them; they are to be changed, not only removed.",
      new Risk(Chance.MEDIUM, Chance.HIGH, "change a credential only where its users read it anew"),
      "flotilla scan secrets"),
  TIDY(
      "Move backups to archive/",
      "Copies from another time hide what runs, and every other search and tool finds them too.",
      new Risk(Chance.LOW, Chance.LOW, "what living code still names stays where it is"),
      "flotilla scan fix --only backups"),
  REPAIR(
      "Repair files that do not parse",
      "Nothing can import, test or check them.",
      new Risk(Chance.LOW, Chance.MEDIUM, "compare with the last commit that parsed")),
  REQUIREMENTS(
      "One truth about requirements",
      "The same versions on every machine, everything that is imported, nothing else.",
      new Risk(Chance.MEDIUM, Chance.MEDIUM, "build the images and run their tests for each step"),
      "flotilla scan fix --only duplicates,stdlib,pins,missing,unused",
      "flotilla scan requirements"),
  PORTS(
      "Port registry",
      "Each port has one owner and one place where its number stands.",
      new Risk(Chance.LOW, Chance.HIGH, "the number in the code stays as the default"),
      "flotilla scan fix --only ports",
      "flotilla scan ports"),
  EXCEPTIONS(
      "Exceptions that say what happened",
      "Broad excepts hide faults; only expected errors are recovered from, all others are logged.",
      new Risk(Chance.HIGH, Chance.MEDIUM, "one machine after the other, with the logs in view"),
      "flotilla scan fix --only excepts"),
  SECURITY(
      "Harden what listens and what runs commands",
      "No shell, no eval, no pickle from outside, no socket without authentication.",
      new Risk(
          Chance.MEDIUM, Chance.HIGH, "keep the old way behind a flag until peers have moved")),
  DUPLICATES(
      "One source for each agent",
      "Divergent copies drift; a mistake is mended in one of them only.",
      new Risk(Chance.MEDIUM, Chance.HIGH, "keep the differences behind a flag for each machine"),
      "flotilla scan duplicates"),
  CYCLES(
      "Break import cycles",
      "Modules that import each other start by luck and cannot be tested alone.",
      new Risk(
          Chance.MEDIUM, Chance.HIGH, "cut where flotilla scan cycles says, one edge at a time"),
      "flotilla scan cycles"),
  GPU(
      "Graphics memory that is given back",
      "Models are loaded once and leave nothing behind.",
      new Risk(Chance.MEDIUM, Chance.MEDIUM, "measure memory and latency before and after"),
      "flotilla scan gpu"),
  PERFORMANCE(
      "Slow and leaking patterns",
      "Queues without a limit, queries in loops, blocking calls in coroutines.",
      new Risk(Chance.MEDIUM, Chance.MEDIUM, "measure before and after")),
  IMAGES(
      "Images that are small, fixed and not root",
      "Builds that can be repeated, and containers that can do less harm.",
      new Risk(Chance.MEDIUM, Chance.MEDIUM, "one image after the other")),
  TESTS(
      "Tests, health and a graceful stop for each agent",
      "What is not tested and does not say how it is cannot be changed safely.",
      new Risk(Chance.LOW, Chance.LOW, "tests change nothing that runs"),
      "flotilla scan coverage --min 40 --raise 5/month"),
  COMPLEXITY(
      "Smaller functions and classes",
      "What nobody can follow nobody can mend.",
      new Risk(Chance.HIGH, Chance.MEDIUM, "tests first")),
  MODERNISE(
      "Modernise",
      "Old idioms, prints for logging, comments that promise, modules nobody uses.",
      new Risk(Chance.LOW, Chance.LOW, "small steps"));

  private final String title;
  private final String why;
  private final Chance likelihood;
  private final Chance impact;
  private final String mitigation;
  private final String commands;

  Initiative(String title, String why, Risk risk, String... commands) {
    this.title = title;
    this.why = why;
    this.likelihood = risk.likelihood();
    this.impact = risk.impact();
    this.mitigation = risk.mitigation();
    this.commands = String.join("\n", commands);
  }

  /** How likely, or how bad. */
  public enum Chance {
    LOW,
    MEDIUM,
    HIGH
  }

  /**
   * What may go wrong while it is done.
   *
   * @param mitigation what keeps it small
   */
  public record Risk(Chance likelihood, Chance impact, String mitigation) {}

  /** In a few words. */
  public String title() {
    return title;
  }

  /** What it is good for. */
  public String why() {
    return why;
  }

  /** What may go wrong. */
  public Risk risk() {
    return new Risk(likelihood, impact, mitigation);
  }

  /** Commands that show or do it, one a line; may be empty. */
  public String commands() {
    return commands;
  }

  /** What has to be done before it; empty when nothing has. */
  public Optional<Initiative> after() {
    return switch (this) {
      case GUARDRAILS, START, SECRETS -> Optional.empty();
      case SECURITY, CYCLES -> Optional.of(PORTS);
      case DUPLICATES -> Optional.of(TIDY);
      case COMPLEXITY -> Optional.of(DUPLICATES);
      case GPU -> Optional.of(EXCEPTIONS);
      case MODERNISE -> Optional.of(TESTS);
      case TIDY, REPAIR, REQUIREMENTS, PORTS, EXCEPTIONS, PERFORMANCE, IMAGES, TESTS ->
          Optional.of(GUARDRAILS);
    };
  }

  /** Where the findings of a rule are mended. */
  public static Initiative of(Rule rule) {
    int number = Integer.parseInt(rule.id().substring(3));
    if (number == 201 || number == 202) {
      return SECRETS;
    }
    if (number == 232 || number == 233) {
      return PORTS;
    }
    if (number >= 111 && number < 120) {
      return MODERNISE;
    }
    return switch (number / 10) {
      case 0 -> REPAIR;
      case 10 -> EXCEPTIONS;
      case 12, 13 -> COMPLEXITY;
      case 20, 21, 22, 23, 24, 25 -> SECURITY;
      case 30 -> PORTS;
      case 31 -> number == 314 ? TESTS : START;
      case 40, 41 -> REQUIREMENTS;
      case 50 -> number == 501 ? CYCLES : MODERNISE;
      case 51 -> DUPLICATES;
      case 52 -> TIDY;
      case 60, 61 -> IMAGES;
      case 70 -> number <= 702 ? GPU : PERFORMANCE;
      case 71 -> PERFORMANCE;
      case 80, 81 -> TESTS;
      default -> MODERNISE;
    };
  }

  /** Whether {@code flotilla scan fix} does most of it. */
  static boolean mechanical(Rule rule) {
    return Arrays.stream(dev.flotilla.scan.fix.Fix.values())
        .anyMatch(fix -> fix != dev.flotilla.scan.fix.Fix.EXCEPTS && fix.rules().contains(rule));
  }
}
