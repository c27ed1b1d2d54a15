package dev.flotilla.bench.scan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The peers in a folder of their own: PyPI's in a venv, jscpd from npm. */
final class Peers {
  private static final String PYLINT_RULES =
      "bare-except,broad-exception-caught,fixme,eval-used,exec-used,global-statement,"
          + "too-many-public-methods";

  private static final Pattern PLATFORM = Pattern.compile("npm install (\\S+)");

  private final Path home;

  Path home() {
    return home;
  }

  private Peers(Path home) {
    this.home = home;
  }

  /** Installs what is not there yet. */
  static Peers in(Path home) throws IOException, InterruptedException {
    Files.createDirectories(home);
    Peers peers = new Peers(home);
    if (!Files.exists(peers.program("ruff"))) {
      Measured.output(home, List.of("python3", "-m", "venv", home.resolve("peers").toString()));
      Measured.output(
          home,
          List.of(
              peers.program("pip").toString(),
              "install",
              "-q",
              "flake8",
              "bandit",
              "pylint",
              "ruff"));
    }
    for (String major : List.of("4", "5")) {
      if (!Files.exists(peers.copyFinder(major))) {
        peers.npm("jscpd " + major, "jscpd@" + major);
        peers.platform(major);
      }
    }
    return peers;
  }

  Path program(String name) {
    return home.resolve("peers").resolve("bin").resolve(name);
  }

  private void npm(String name, String what) throws IOException, InterruptedException {
    Measured.output(
        home, List.of("npm", "install", "--silent", "--prefix", npm(name).toString(), what));
  }

  /** The part of jscpd 5 for this machine, where npm leaves it out: it says itself which. */
  private void platform(String major) throws IOException, InterruptedException {
    Path output = home.resolve("platform.out");
    Measured.run(home, output, Map.of(), List.of(copyFinder(major).toString(), "--version"));
    Matcher named = PLATFORM.matcher(Files.readString(Path.of(output + ".err")));
    if (named.find()) {
      npm("jscpd " + major, named.group(1));
    }
  }

  private Path copyFinder(String major) {
    return home.resolve("npm" + major).resolve("node_modules/.bin/jscpd");
  }

  /** A tool and how it is told to read the listed files. */
  record Peer(String name, String what, List<String> command, Map<String, String> environment) {}

  /**
   * All of them.
   *
   * @param files the Python files, relative to the folder they are run in
   */
  List<Peer> all(List<String> files) {
    return List.of(
        peer(
            "flake8",
            "all, C901 at 10",
            List.of("--isolated", "--max-complexity", "10", "-j", "1"),
            files),
        peer("bandit", "all", List.of("-q", "-f", "json"), files),
        peer(
            "pylint",
            "7 rules",
            List.of(
                "-j",
                "1",
                "--rcfile",
                "/dev/null",
                "-f",
                "json",
                "--disable=all",
                "--enable=" + PYLINT_RULES),
            files),
        jscpd("4"),
        jscpd("5"),
        ruff("E,F,W,C90,S,BLE,T20,ASYNC,UP,PLR,FIX", files));
  }

  private Peer jscpd(String major) {
    return new Peer(
        "jscpd " + major,
        "copies",
        List.of(
            copyFinder(major).toString(),
            "--format",
            "python",
            "--silent",
            "--reporters",
            "json",
            "--max-size",
            "10mb",
            "--max-lines",
            "100000",
            "--output",
            home.resolve("npm" + major).toString(),
            "."),
        Map.of());
  }

  /** Ruff with these rules. */
  Peer ruff(String rules, List<String> files) {
    return peer(
        "ruff",
        rules.replace(",", ", "),
        List.of(
            "check",
            "--isolated",
            "--no-cache",
            "-q",
            "--output-format",
            "json",
            "--target-version",
            "py311",
            "--select",
            rules),
        files);
  }

  private Peer peer(String name, String what, List<String> options, List<String> files) {
    List<String> command = new ArrayList<>(List.of(program(name).toString()));
    command.addAll(options);
    command.addAll(files);
    return new Peer(name, what, command, Map.of("PYTHONHASHSEED", "0"));
  }

  /** How much a peer found. */
  int findings(String name, Path output) throws IOException {
    return switch (name) {
      case "flake8" -> (int) Files.readString(output).lines().count();
      case "bandit" -> json(output).path("results").size();
      case "jscpd 4", "jscpd 5" ->
          json(npm(name).resolve("jscpd-report.json")).path("duplicates").size();
      default -> json(output).size();
    };
  }

  private Path npm(String name) {
    return home.resolve("npm" + name.substring("jscpd ".length()));
  }

  static JsonNode json(Path file) throws IOException {
    return Json.mapper().readTree(file.toFile());
  }

  String version(String name) throws IOException, InterruptedException {
    if (name.startsWith("jscpd")) {
      return json(npm(name).resolve("node_modules/jscpd/package.json")).path("version").asText();
    }
    return Measured.output(home, List.of(program(name).toString(), "--version"))
        .lines()
        .findFirst()
        .orElse("?")
        .replaceAll("^[a-z]+ ", "")
        .replaceAll(" .*", "");
  }
}
