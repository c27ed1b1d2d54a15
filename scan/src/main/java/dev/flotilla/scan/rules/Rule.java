package dev.flotilla.scan.rules;

import java.util.List;
import java.util.Optional;

/**
 * Every rule: its number, severity and reason. Examples and cures stand in {@link RuleText}, which
 * only pages and long reports need.
 */
public enum Rule {
  SYNTAX_ERROR(1, "syntax-error", Severity.HIGH, 1, "E999", "The file does not parse"),
  TOO_LARGE(
      3, "too-large", Severity.LOW, 1, "", "The file is too large or not text and was not read"),
  BARE_EXCEPT(101, "bare-except", Severity.HIGH, 0.1, "E722", "A bare except"),
  BROAD_EXCEPT(102, "broad-except", Severity.MEDIUM, 0.1, "BLE001", "A broad except"),
  SWALLOWED(
      103, "swallowed-exception", Severity.HIGH, 0.1, "S110,S112", "An exception is swallowed"),
  LEGACY_LOOP(
      111,
      "legacy-event-loop",
      Severity.LOW,
      0.1,
      "",
      "asyncio.get_event_loop outside a coroutine"),
  PRINT_LOG(112, "print-for-logging", Severity.LOW, 0.2, "T201", "print is used for logging"),
  COMPLEX(121, "complex-function", Severity.MEDIUM, 2, "C901", "A function is too complex"),
  COGNITIVE(122, "hard-to-read", Severity.LOW, 1, "S3776", "A function is hard to follow"),
  GOD_OBJECT(123, "god-object", Severity.MEDIUM, 5, "R0904", "A class does too much"),
  GLOBAL_STATE(
      131, "global-singleton", Severity.LOW, 0.5, "PLW0603", "A module global serves as singleton"),
  TODO(141, "todo", Severity.LOW, 0.5, "FIX001,FIX002", "A TODO is left"),
  SECRET(201, "credential", Severity.CRITICAL, 0.5, "S105,S106,S107", "A credential in the source"),
  DEFAULT_LOGIN(202, "default-credentials", Severity.HIGH, 0.2, "", "Default user and password"),
  SHELL(
      211,
      "shell-injection",
      Severity.HIGH,
      0.3,
      "S602,S604,S605",
      "A command goes through a shell"),
  EVAL(212, "eval", Severity.HIGH, 0.5, "S307,S102", "Text is executed as code"),
  UNSAFE_LOAD(
      213, "unsafe-load", Severity.HIGH, 0.3, "S301,S506", "Untrusted data is loaded as objects"),
  OPEN_ADMIN(
      221,
      "open-admin-endpoint",
      Severity.HIGH,
      0.5,
      "",
      "An administrative endpoint asks nobody who they are"),
  NO_CSRF(
      222,
      "missing-csrf",
      Severity.MEDIUM,
      0.5,
      "",
      "Cookies decide, and no CSRF token is checked"),
  OPEN_BIND(
      231,
      "open-bind",
      Severity.MEDIUM,
      0.3,
      "S104",
      "A socket is bound to every interface without authentication"),
  HARD_PORT(
      232, "hard-coded-port", Severity.LOW, 0.2, "", "A port number is written into the code"),
  HARD_ADDRESS(
      233,
      "hard-coded-address",
      Severity.LOW,
      0.2,
      "",
      "An address of a machine is written into the code"),
  PORT_CONFLICT(
      301,
      "port-conflict",
      Severity.CRITICAL,
      0.5,
      "",
      "Two agents want the same port on one machine"),
  ORPHAN_CONNECT(
      302, "orphan-connect", Severity.MEDIUM, 0.5, "", "A socket connects where nobody binds"),
  DOUBLE_BIND(303, "double-bind", Severity.HIGH, 0.5, "", "One port is bound twice in one file"),
  SOCKET_MISMATCH(
      304,
      "socket-mismatch",
      Severity.HIGH,
      0.5,
      "",
      "Two socket types that do not speak to each other"),
  PORT_DRIFT(
      305,
      "port-drift",
      Severity.HIGH,
      0.3,
      "",
      "Code and configuration disagree about an agent's port"),
  GHOST_AGENT(
      311,
      "ghost-agent",
      Severity.CRITICAL,
      0.5,
      "",
      "The configuration names a script that does not exist"),
  BROKEN_AGENT(
      312,
      "broken-agent",
      Severity.CRITICAL,
      1,
      "",
      "The configuration names a script that does not parse"),
  BACKUP_AGENT(
      313,
      "backup-agent",
      Severity.HIGH,
      0.5,
      "",
      "The configuration names a backup or trash file"),
  UNLISTED_AGENT(
      314, "unlisted-agent", Severity.LOW, 0.5, "", "An agent in the code is in no configuration"),
  NEED_MISSING(
      315,
      "missing-dependency",
      Severity.HIGH,
      0.2,
      "",
      "An agent depends on one that is not configured"),
  CONFIG_PROBLEM(
      316, "config-problem", Severity.MEDIUM, 0.1, "", "A configuration file cannot be read"),
  MISSING_REQUIREMENT(
      401,
      "missing-requirement",
      Severity.HIGH,
      0.1,
      "DEP001",
      "An imported distribution is in no requirements file"),
  UNUSED_REQUIREMENT(
      402,
      "unused-requirement",
      Severity.LOW,
      0.1,
      "DEP002",
      "A required distribution is not imported"),
  DUPLICATE_REQUIREMENT(
      403,
      "duplicate-requirement",
      Severity.MEDIUM,
      0.1,
      "",
      "A distribution is required twice in one file"),
  UNPINNED(404, "unpinned-requirement", Severity.LOW, 0.1, "", "A requirement is not pinned"),
  VERSION_SKEW(
      405, "version-skew", Severity.MEDIUM, 0.3, "", "Requirements files disagree about a version"),
  STDLIB_REQUIREMENT(
      406,
      "stdlib-requirement",
      Severity.MEDIUM,
      0.1,
      "DEP005",
      "A standard-library module is required as a distribution"),
  REQUIREMENT_PROBLEM(
      407,
      "requirements-problem",
      Severity.MEDIUM,
      0.1,
      "",
      "A requirements file cannot be read as meant"),
  IMAGE_REQUIREMENT(
      408,
      "image-requirement",
      Severity.HIGH,
      0.2,
      "",
      "An image does not install what its agent imports"),
  IMPORT_CYCLE(
      501, "import-cycle", Severity.HIGH, 2, "R0401", "Modules import each other in a circle"),
  DEAD_MODULE(502, "dead-module", Severity.LOW, 0.2, "", "Nothing imports or starts this module"),
  COPY_FAMILY(511, "copy-family", Severity.MEDIUM, 3, "", "Several divergent copies of one agent"),
  COPY_BLOCK(512, "copied-block", Severity.LOW, 0.5, "R0801", "The same code stands in two files"),
  BACKUP_FILE(
      521, "backup-file", Severity.LOW, 0.1, "", "A backup, trash or deprecated file in the tree"),
  DOCKER_ROOT(601, "docker-root", Severity.MEDIUM, 0.2, "DL3002", "The container runs as root"),
  DOCKER_UNPINNED(
      602,
      "docker-unpinned-base",
      Severity.MEDIUM,
      0.1,
      "DL3006,DL3007",
      "The base image has no fixed version"),
  DOCKER_NO_HEALTH(
      603, "docker-no-healthcheck", Severity.LOW, 0.2, "", "The image has no health check"),
  DOCKER_NO_IGNORE(604, "docker-no-ignore", Severity.LOW, 0.1, "", "There is no .dockerignore"),
  DOCKER_PIP(
      605,
      "docker-unpinned-pip",
      Severity.LOW,
      0.1,
      "DL3013,DL3008",
      "Packages are installed without a version"),
  DOCKER_PROBLEM(
      606, "dockerfile-problem", Severity.LOW, 0.1, "", "A Dockerfile line is not understood"),
  BUILD_CONTEXT(607, "build-context", Severity.MEDIUM, 0.3, "", "The build context is large"),
  GPU_DRIFT(
      608,
      "gpu-drift",
      Severity.MEDIUM,
      0.3,
      "",
      "An agent's use of the graphics card, its image and its reservation disagree"),
  LOAD_PER_REQUEST(
      701,
      "model-per-request",
      Severity.HIGH,
      0.5,
      "",
      "A model is loaded inside a request handler"),
  NO_EMPTY_CACHE(
      702,
      "missing-empty-cache",
      Severity.MEDIUM,
      0.2,
      "",
      "A model is unloaded without torch.cuda.empty_cache()"),
  UNBOUNDED(703, "unbounded-queue", Severity.MEDIUM, 0.2, "", "A queue or cache without a limit"),
  N_PLUS_ONE(704, "query-in-loop", Severity.MEDIUM, 0.5, "", "A database query inside a loop"),
  BLOCKING_ASYNC(
      705, "blocking-in-async", Severity.HIGH, 0.3, "ASYNC", "Blocking call inside a coroutine"),
  PAIRWISE(706, "pairwise-loop", Severity.LOW, 1, "", "Every element is compared with every other"),
  NO_TESTS(801, "agent-without-tests", Severity.LOW, 2, "", "No test touches this agent"),
  NO_HEALTH(
      802, "agent-without-health", Severity.MEDIUM, 0.3, "", "The agent has no health endpoint"),
  NO_STOP(803, "agent-without-stop", Severity.LOW, 0.3, "", "The agent does not stop gracefully"),
  UNUSED_NOQA(901, "unused-noqa", Severity.LOW, 0.1, "RUF100", "A noqa silences nothing");

  private final int number;
  private final String slug;
  private final Severity severity;
  private final double effort;
  private final String peers;
  private final String title;

  Rule(int number, String slug, Severity severity, double effort, String peers, String title) {
    this.number = number;
    this.slug = slug;
    this.severity = severity;
    this.effort = effort;
    this.peers = peers;
    this.title = title;
  }

  /** The stable id, such as {@code FLT101}. */
  public String id() {
    return "FLT" + (number < 100 ? "0" : "") + (number < 10 ? "0" : "") + number;
  }

  /** The name in words joined by hyphens, such as {@code bare-except}. */
  public String slug() {
    return slug;
  }

  /** The severity unless a finding says otherwise. */
  public Severity severity() {
    return severity;
  }

  /** The usual effort to mend one finding, in days of work. */
  public double effort() {
    return effort;
  }

  /** The ids by which other tools know it; accepted in {@code noqa} comments. */
  public List<String> peers() {
    return peers.isEmpty() ? List.of() : List.of(peers.split(",", -1));
  }

  /** What is wrong, in a sentence. */
  public String title() {
    return title;
  }

  /** The rule with that id, name or peers' id. */
  public static Optional<Rule> named(String text) {
    for (Rule rule : values()) {
      if (rule.id().equalsIgnoreCase(text)
          || rule.slug.equalsIgnoreCase(text)
          || rule.peers().contains(text)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }
}
