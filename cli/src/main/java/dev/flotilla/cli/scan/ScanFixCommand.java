package dev.flotilla.cli.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.model.Json;
import dev.flotilla.scan.fix.Applied;
import dev.flotilla.scan.fix.Change;
import dev.flotilla.scan.fix.Fix;
import dev.flotilla.scan.fix.FixPlan;
import dev.flotilla.scan.fix.FixRequest;
import dev.flotilla.scan.fix.Fixer;
import dev.flotilla.scan.fix.Preview;
import dev.flotilla.scan.rules.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flotilla scan fix}. */
@Command(
    description = "Mend what is safe to mend: shown as a diff, written with --write.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla scan fix                      the diff, nothing written",
      "  flotilla scan fix --only backups --write",
      "  flotilla scan fix --ports --in 'pc2_code/**' | less",
      "  flotilla scan fix --undo               takes the last one back"
    })
final class ScanFixCommand implements Callable<Integer> {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);
  private static final Pattern FROZEN = Pattern.compile("^([\\w.\\-]+)==([^\\s;#]+)");

  private final Context context;

  @Mixin private final ScanTarget target = new ScanTarget();

  @Option(
      names = "--only",
      paramLabel = "KIND",
      split = ",",
      description =
          "backups, unused, duplicates, stdlib, pins, missing, excepts, ports, or a rule such as"
              + " FLT521; without it the first six.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--narrow-excepts",
      description =
          "Also put the SDK's SafeExecutor in the place of broad excepts; errors that the code is"
              + " not known to raise are then logged and raised again.")
  private boolean excepts;

  @Option(
      names = "--ports",
      description = "Also read hard-coded ports and addresses from the environment.")
  private boolean ports;

  @Option(
      names = "--in",
      paramLabel = "GLOB",
      description = "Only findings in such files, such as 'pc2_code/**'.")
  private @Nullable String glob;

  @Option(
      names = "--constraints",
      paramLabel = "FILE",
      description = "Versions to pin to, as pip freeze prints them.")
  private @Nullable Path constraints;

  @Option(
      names = "--generate",
      paramLabel = "FOLDER",
      description = "Write FOLDER/requirements.txt of what its Python files import.")
  private @Nullable String generate;

  @Option(names = "--write", description = "Write it; the originals are kept.")
  private boolean write;

  @Option(names = "--undo", description = "Take the last written fix of this folder back.")
  private boolean undo;

  ScanFixCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path root = target.root(context);
    Path fixes = target.state(context).resolve("fixes").resolve(target.key(context));
    try {
      if (undo) {
        return undo(root, fixes);
      }
      FixRequest request = new FixRequest(kinds(), versions(), generated());
      var matcher = glob == null ? null : root.getFileSystem().getPathMatcher("glob:" + glob);
      FixPlan plan =
          Fixer.plan(
              root,
              target.scan(context),
              request,
              f -> matcher == null || matcher.matches(Path.of(f.file())));
      Optional<Path> kept = Optional.empty();
      if (write && !plan.changes().isEmpty()) {
        kept = Optional.of(write(root, fixes.resolve(STAMP.format(Instant.now())), plan));
      }
      answer(plan, kept);
      return ExitCode.OK;
    } catch (IOException e) {
      throw CommandFailure.of(
          "the fix stopped: " + e.getMessage(),
          "files that can be read and written",
          write
              ? "See what was done with git, or take it back: flotilla scan fix --undo"
              : "Mend it");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.of("the fix was interrupted", "time to finish", "Start it again");
    }
  }

  private static Path write(Path root, Path folder, FixPlan plan)
      throws IOException, InterruptedException {
    return Applied.write(root, plan.changes(), folder).folder();
  }

  private int undo(Path root, Path fixes) throws IOException, InterruptedException {
    Applied last =
        Applied.latest(fixes)
            .orElseThrow(
                () ->
                    CommandFailure.of(
                        "no fix was written in " + root, "one to take back", "Nothing to do"));
    List<Applied.Kept> kept = last.undo(root);
    if (kept.isEmpty()) {
      context.screen().line("Taken back: everything is as it was before.");
      return ExitCode.OK;
    }
    kept.forEach(each -> context.screen().line("Stays: " + each.path() + ": " + each.why()));
    context.screen().line("The rest is as it was before; the originals stay in " + last.folder());
    return ExitCode.FAILED;
  }

  private Set<Fix> kinds() {
    Set<Fix> kinds = EnumSet.noneOf(Fix.class);
    List<String> known = new ArrayList<>(Arrays.stream(Fix.values()).map(Fix::word).toList());
    kinds.addAll(Chosen.of("--only", only, known, Fix::named));
    if (only.isEmpty()) {
      kinds.addAll(Fix.usualOnes());
    }
    if (excepts) {
      kinds.add(Fix.EXCEPTS);
    }
    if (ports) {
      kinds.add(Fix.PORTS);
    }
    return kinds;
  }

  private Optional<String> generated() {
    if (generate == null) {
      return Optional.empty();
    }
    Path folder = target.root(context).resolve(generate).normalize();
    if (!folder.startsWith(target.root(context)) || !Files.isDirectory(folder)) {
      throw CommandFailure.usage(
          "--generate " + generate, "a folder below " + target.root(context), "Name one of them");
    }
    return Optional.of(target.root(context).relativize(folder).toString().replace('\\', '/'));
  }

  private Map<String, String> versions() throws IOException {
    Map<String, String> versions = new HashMap<>();
    if (constraints == null) {
      return versions;
    }
    Path file = context.directory().resolve(constraints);
    if (!Files.isReadable(file)) {
      throw CommandFailure.usage(
          "--constraints " + constraints + " cannot be read",
          "lines NAME==VERSION",
          "Make it: pip freeze > " + constraints);
    }
    for (String line : Files.readAllLines(file)) {
      Matcher matcher = FROZEN.matcher(line.strip());
      if (matcher.find()) {
        versions.put(
            matcher.group(1).toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-"), matcher.group(2));
      }
    }
    return versions;
  }

  private void answer(FixPlan plan, Optional<Path> kept) {
    if (context.options().json()) {
      context.printJson(json(plan, kept));
      return;
    }
    if (kept.isEmpty()) {
      for (Change change : plan.changes()) {
        Preview.of(change).forEach(context.plainScreen().out()::println);
      }
    }
    var err = context.plainScreen().err();
    Map<String, Integer> reasons = new LinkedHashMap<>();
    plan.left()
        .forEach(l -> reasons.merge(l.rule().slug() + ": " + general(l.why()), 1, Integer::sum));
    if (!reasons.isEmpty()) {
      err.println("Left to you (--json names each):");
      reasons.entrySet().stream()
          .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
          .limit(12)
          .forEach(e -> err.printf(Locale.ROOT, "  %,5d  %s%n", e.getValue(), e.getKey()));
    }
    if (plan.changes().isEmpty()) {
      err.println("Nothing to mend by itself" + (only.isEmpty() ? "" : " of these kinds") + ".");
      return;
    }
    String what =
        count(plan, Change.Edit.class, "file", "to change", kept)
            + count(plan, Change.Move.class, "file", "to move", kept)
            + count(plan, Change.Create.class, "file", "to create", kept);
    err.println(what.strip().replaceAll(",$", "") + ".");
    if (kept.isEmpty()) {
      cautions(plan).forEach(caution -> err.println("Mind " + caution));
    }
    if (kept.isPresent()) {
      err.println("The originals are in " + kept.get());
      err.println("Take it back with: flotilla scan fix --undo");
    } else {
      err.println("Nothing was written; --write does it and keeps the originals.");
    }
  }

  private static List<String> cautions(FixPlan plan) {
    Set<Rule> touched = EnumSet.noneOf(Rule.class);
    plan.changes().forEach(change -> touched.addAll(change.rules()));
    return Arrays.stream(Fix.values())
        .filter(fix -> fix.rules().stream().anyMatch(touched::contains))
        .map(Fix::caution)
        .filter(caution -> !caution.isEmpty())
        .toList();
  }

  /** A reason without the name in it, so that equal ones count together. */
  private static String general(String why) {
    return why.endsWith(" still needs it") ? "something still needs it" : why;
  }

  private static String count(
      FixPlan plan, Class<? extends Change> kind, String noun, String verb, Optional<Path> kept) {
    long number = plan.changes().stream().filter(kind::isInstance).count();
    if (number == 0) {
      return "";
    }
    String done =
        switch (verb) {
          case "to change" -> "changed";
          case "to move" -> "moved";
          default -> "created";
        };
    return String.format(
        Locale.ROOT,
        "%,d %s %s, ",
        number,
        number == 1 ? noun : noun + "s",
        kept.isPresent() ? done : verb);
  }

  private static ObjectNode json(FixPlan plan, Optional<Path> kept) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("written", kept.isPresent());
    kept.ifPresent(folder -> root.put("originals", folder.toString()));
    ArrayNode changes = root.putArray("changes");
    for (Change change : plan.changes()) {
      ObjectNode node = changes.addObject();
      node.put(
          "kind",
          switch (change) {
            case Change.Edit _ -> "edit";
            case Change.Move _ -> "move";
            case Change.Create _ -> "create";
          });
      node.put("file", change.path());
      if (change instanceof Change.Move move) {
        node.put("to", move.to());
      }
      ArrayNode rules = node.putArray("rules");
      change.rules().forEach(rule -> rules.add(rule.id()));
      node.put("findings", change.places());
      node.put("diff", String.join("\n", Preview.of(change)) + "\n");
    }
    ArrayNode left = root.putArray("left");
    for (FixPlan.Left each : plan.left()) {
      ObjectNode node = left.addObject();
      node.put("rule", each.rule().id()).put("file", each.file()).put("line", each.line());
      node.put("why", each.why());
    }
    return root;
  }
}
