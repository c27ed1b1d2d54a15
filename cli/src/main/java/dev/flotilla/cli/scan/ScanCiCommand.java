package dev.flotilla.cli.scan;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flotilla scan ci}. */
@Command(
    description = "Write the GitHub Actions workflow and the pre-commit hook that run the scan.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla scan ci --write")
final class ScanCiCommand implements Callable<Integer> {
  private static final String WORKFLOW =
      """
      name: guardrails
      on:
        pull_request:
        push:
          branches: [main]
        schedule:
          - cron: '0 6 * * *'
      permissions:
        contents: read
        security-events: write
      jobs:
        scan:
          runs-on: ubuntu-latest
          steps:
            - uses: actions/checkout@v4
              with:
                fetch-depth: 0
            - uses: actions/setup-java@v4
              with:
                distribution: temurin
                java-version: '25'
            - name: Scan
              run: flotilla scan --report sarif -o scan.sarif --baseline scan-baseline.json --fail-on high
            - name: Publish
              if: always()
              uses: github/codeql-action/upload-sarif@v3
              with:
                sarif_file: scan.sarif
            - name: Diagram
              run: flotilla scan diagram --validate docs/fleet.svg
        inventory:
          if: github.event_name == 'schedule'
          runs-on: ubuntu-latest
          steps:
            - uses: actions/checkout@v4
            - uses: actions/setup-java@v4
              with:
                distribution: temurin
                java-version: '25'
            - run: flotilla scan inventory > agent_inventory.csv
            - run: flotilla scan drift
            - run: flotilla scan secrets
            - uses: actions/upload-artifact@v4
              with:
                name: inventory
                path: agent_inventory.csv
      """;
  private static final String HOOK =
      """
      - repo: local
        hooks:
          - id: flotilla-scan
            name: flotilla scan
            entry: flotilla scan --since HEAD --baseline scan-baseline.json --fail-on high
            language: system
            pass_filenames: false
      """;

  private final Context context;

  @Mixin private final ScanTarget target = new ScanTarget();

  @Option(names = "--write", description = "Write the files; without it they are shown.")
  private boolean write;

  ScanCiCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(".github/workflows/guardrails.yml", WORKFLOW);
    files.put(".pre-commit-config.yaml", "repos:\n" + HOOK.indent(2));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = target.root(context).resolve(file.getKey());
      if (!write) {
        context.screen().line("# " + file.getKey());
        context.screen().line(file.getValue());
        continue;
      }
      try {
        if (Files.exists(path)) {
          context.screen().line(file.getKey() + " exists and stays as it is.");
          continue;
        }
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
        context.screen().line("Wrote " + file.getKey());
      } catch (IOException e) {
        throw CommandFailure.usage(
            path + " cannot be written", "a folder that can be written", "Check its rights");
      }
    }
    return ExitCode.OK;
  }
}
