package dev.flotilla.cli.scan;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.scan.rules.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flotilla scan ci}. */
@Command(
    description =
        "Write the GitHub Actions workflow with its daily schedule, and the pre-commit hook.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla scan ci --flotilla OWNER/flotilla@v0.1.0",
      "  flotilla scan ci --flotilla OWNER/flotilla@v0.1.0 --min 40 --raise 5/month --write"
    })
final class ScanCiCommand implements Callable<Integer> {
  private static final String WORKFLOW = ".github/workflows/guardrails.yml";
  private static final String HOOK = ".pre-commit-config.yaml";

  private final Context context;

  @Mixin private final ScanTarget target = new ScanTarget();

  @Option(
      names = "--flotilla",
      paramLabel = "OWNER/REPO@REF",
      description =
          "The repository on GitHub, and the tag, branch or commit, that the workflow builds"
              + " flotilla from.")
  private @Nullable String flotilla;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description = "What the gate fails on: critical, high, medium or low; without it high.")
  private String failOn = "high";

  @Option(
      names = "--branch",
      paramLabel = "NAME",
      description = "The branch whose pushes are guarded; without it main.")
  private String branch = "main";

  @Option(
      names = "--min",
      paramLabel = "PERCENT",
      description = "Hold coverage to a floor as well, in coverage-floor.json.")
  private @Nullable Integer min;

  @Option(names = "--raise", paramLabel = "N/month", description = "Points the floor rises.")
  private String raise = "0/month";

  @Option(names = "--write", description = "Write the files; without it they are shown.")
  private boolean write;

  ScanCiCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Chosen.of(
        "--fail-on",
        List.of(failOn),
        Arrays.stream(Severity.values()).map(Severity::word).toList(),
        word -> Arrays.stream(Severity.values()).filter(s -> s.word().equals(word)).findFirst());
    Map<String, String> files = new LinkedHashMap<>();
    files.put(WORKFLOW, workflow());
    files.put(HOOK, "repos:\n" + hook());
    Path root = target.root(context);
    boolean kept = false;
    for (Map.Entry<String, String> file : files.entrySet()) {
      if (write) {
        kept |= !written(root, file.getKey(), file.getValue());
      } else {
        context.screen().line("# " + file.getKey());
        context.screen().line(file.getValue());
      }
    }
    if (write && !Files.exists(root.resolve("scan-baseline.json"))) {
      context
          .screen()
          .line(
              "Next: flotilla scan --baseline scan-baseline.json --create-baseline, and commit"
                  + " all.");
    }
    return kept ? ExitCode.FAILED : ExitCode.OK;
  }

  private boolean written(Path root, String name, String text) {
    Path path = root.resolve(name);
    try {
      if (Files.exists(path) && Files.readString(path).equals(text)) {
        context.screen().line(name + " is there already.");
        return true;
      }
      if (Files.exists(path)) {
        boolean there = name.equals(HOOK) && Files.readString(path).contains("id: flotilla-scan");
        context.screen().line(name + " exists and stays as it is.");
        if (name.equals(HOOK) && !there) {
          context.screen().line("Add this to its repos:\n" + hook());
        }
        return there;
      }
      Path folder = path.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(path, text);
      context.screen().line("Wrote " + name);
      return true;
    } catch (IOException e) {
      throw CommandFailure.usage(
          path + " cannot be written", "a folder that can be written", "Check its rights");
    }
  }

  private String hook() {
    return resource("pre-commit.yaml").replace("@SEVERITY@", failOn);
  }

  private String workflow() {
    String where = flotilla == null && !write ? "OWNER/REPO@REF" : flotilla;
    if (where == null || !where.matches("[\\w.-]+/[\\w.-]+@[\\w./-]+")) {
      throw CommandFailure.usage(
          where == null ? "no --flotilla" : "--flotilla " + where,
          "OWNER/REPO@REF, from which the workflow builds flotilla",
          "Name your copy of flotilla on GitHub and a tag: --flotilla OWNER/flotilla@v0.1.0");
    }
    if (!branch.matches("[\\w./*-]+")) {
      throw CommandFailure.usage("--branch " + branch, "a branch's name", "Name one, such as main");
    }
    int at = where.indexOf('@');
    String install =
        resource("install.yml")
            .replace("@REPOSITORY@", where.substring(0, at))
            .replace("@REF@", where.substring(at + 1))
            .stripTrailing();
    String coverage =
        min == null
            ? ""
            : resource("coverage.yml")
                .replace("@MIN@", Integer.toString(min))
                .replace("@RAISE@", raise);
    return resource("guardrails.yml")
        .replace("@INSTALL@", install)
        .replace("@COVERAGE@\n", coverage + "\n")
        .replace("@SEVERITY@", failOn)
        .replace("@BRANCH@", branch);
  }

  private static String resource(String name) {
    try (InputStream in = ScanCiCommand.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
