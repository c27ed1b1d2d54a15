package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.markdown.PlanMerge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan merge}. */
@Command(
    name = "merge",
    description = "Merge a plan field by field after git left markers; --install does it always.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla plan merge --install       let git merge plans this way in this clone",
      "  flotilla plan merge k3f9x           after a git merge that left markers"
    })
final class MergeCommand extends PlanAction {
  /** Set by the launcher: itself. */
  private static final String LAUNCHER = "flotilla.launcher";

  @Parameters(
      index = "0..*",
      arity = "0..4",
      paramLabel = "ID",
      description = "The plan; with --driver the files git names.")
  private List<String> names = List.of();

  @Option(names = "--install", description = "Tell git in this clone to merge plans with this.")
  private boolean install;

  @Option(names = "--driver", description = "Called by git: BASE OURS THEIRS.")
  private boolean driver;

  MergeCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    try {
      if (install) {
        return install();
      }
      return driver && names.size() >= 3 ? driver() : conflict();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int install() throws IOException {
    git("config", "merge.flotilla-plan.name", "plans, field by field");
    git("config", "merge.flotilla-plan.driver", driver(System.getProperty(LAUNCHER, "")));
    desk().store().prepare();
    answer(
        EventLog.data().put("installed", true), "Git merges plans field by field in this clone.");
    return ExitCode.OK;
  }

  /** Where the program has gone since, git merges as it always does, and marks what conflicts. */
  static String driver(String launcher) {
    String program = launcher.isEmpty() ? "flotilla" : "'" + launcher.replace("'", "'\\''") + "'";
    return "if command -v "
        + program
        + " > /dev/null; then "
        + program
        + " plan merge --driver %O %A %B; else git merge-file -q %A %O %B; fi";
  }

  private int driver() throws IOException {
    List<byte[]> versions = new ArrayList<>();
    for (String name : names.subList(0, 3)) {
      versions.add(Files.readAllBytes(context.directory().resolve(name)));
    }
    Charset charset =
        versions.stream().allMatch(MergeCommand::isText)
            ? StandardCharsets.UTF_8
            : StandardCharsets.ISO_8859_1;
    PlanMerge merge =
        PlanMerge.of(
            new String(versions.get(0), charset),
            new String(versions.get(1), charset),
            new String(versions.get(2), charset));
    Files.write(context.directory().resolve(names.get(1)), merge.text().getBytes(charset));
    return merge.conflicts() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  /** Bytes that are no text are merged one for one, so that none is lost. */
  private static boolean isText(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private int conflict() throws IOException {
    if (names.size() != 1) {
      throw CommandFailure.usage(
          "no plan", "the id of one plan", "Name it: flotilla plan merge ID");
    }
    var store = desk().store();
    Path file = store.layout().plan(store.find(names.getFirst()));
    List<String> versions = new ArrayList<>();
    for (int stage = 1; stage <= 3; stage++) {
      versions.add(git("show", ":" + stage + ":./" + file.getFileName()));
    }
    if (versions.stream().allMatch(String::isEmpty)) {
      throw CommandFailure.of(
          "no unfinished git merge of " + file.getFileName(),
          "a plan that git left with merge markers",
          "Resolve markers that stand in it by hand.");
    }
    PlanMerge merge = PlanMerge.of(versions.get(0), versions.get(1), versions.get(2));
    Files.writeString(file, merge.text());
    answer(
        EventLog.data().put("conflicts", merge.conflicts()),
        merge.conflicts() == 0
            ? "Merged; now: git add " + file
            : merge.conflicts()
                + " fields were changed on both sides; they stand between markers in "
                + file);
    return merge.conflicts() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private String git(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder().toString()));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return process.waitFor() == 0 ? out : "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private Path folder() {
    Path folder = desk().store().layout().folder();
    return Files.isDirectory(folder) ? folder : context.directory();
  }
}
