package dev.flotilla.cli.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.assistant.door.AmbiguousLog;
import dev.flotilla.assistant.door.CalibrationFile;
import dev.flotilla.assistant.embedding.EmbeddingUnavailable;
import dev.flotilla.assistant.embedding.MiniLm;
import dev.flotilla.assistant.embedding.RememberedMeaning;
import dev.flotilla.assistant.router.Evaluation;
import dev.flotilla.assistant.router.Examples;
import dev.flotilla.assistant.router.Policy;
import dev.flotilla.cli.client.StateFolders;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.CommandGroup;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.Manifests;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.cli.screen.Style;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla router}. */
@Command(
    name = "router",
    description = "How well the manifest's router knows which request is of which task.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla router evaluate requests.jsonl --save")
public final class RouterCommand extends CommandGroup {
  /** Its commands. */
  public static List<Object> parts(Context context) {
    return List.of(new Evaluate(context), new Ambiguous(context));
  }

  @Command(
      name = "evaluate",
      description = "Route requests whose task is known, and show how often each claim is right.",
      footerHeading = "%nExample:%n",
      footer = {
        "  flotilla router evaluate requests.jsonl --save",
        "",
        "Each line of the file: {\"text\": \"write a parser\", \"task\": \"heavy_tasks\"}"
      })
  static final class Evaluate implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "FILE", description = "Requests, one JSON object a line.")
    private String file = "";

    @Option(names = "--save", description = "Let the door use what was measured, at once.")
    private boolean save;

    Evaluate(Context context) {
      this.context = context;
    }

    @Override
    public Integer call() throws IOException {
      Fleet fleet = Manifests.load(context).fleet();
      Policy policy =
          fleet
              .router()
              .map(Policy::of)
              .orElseThrow(
                  () ->
                      CommandFailure.of(
                          "a manifest without a router",
                          "router: with tasks and their examples",
                          "See docs/router.md."));
      List<Evaluation.Labelled> requests = read(policy);
      Path state = StateFolders.of(context.environment()).of(fleet.name());
      try (MiniLm meaning = new MiniLm(state.resolve("embedding"))) {
        Evaluation evaluation =
            Evaluation.of(
                requests, policy, new Examples(policy, new RememberedMeaning(meaning, 10_000)));
        if (save) {
          new CalibrationFile(state.resolve("door")).write(evaluation.calibration());
        }
        show(evaluation);
      } catch (EmbeddingUnavailable e) {
        throw CommandFailure.of(
            String.valueOf(e.getMessage()), "the embedding model", "See docs/router.md.");
      }
      return ExitCode.OK;
    }

    private void show(Evaluation evaluation) {
      if (context.options().json()) {
        context.printJson(evaluation);
        return;
      }
      Screen screen = context.screen();
      evaluation
          .decided()
          .forEach(
              (kind, count) ->
                  screen.line(
                      "%-18s decided %4d, %4d rightly (%.0f %%, said %.0f %%)"
                          .formatted(
                              kind,
                              count.all(),
                              count.right(),
                              100.0 * count.right() / count.all(),
                              100 * count.claimed())));
      screen.line("");
      screen.out().print(evaluation.reliability().table());
      screen.line(
          "Without this file it would be right in %.1f %%, off by %.1f points; Brier score %.3f."
              .formatted(
                  evaluation.before().right() * 100,
                  evaluation.before().error() * 100,
                  evaluation.before().brier()));
      if (!evaluation.mistakes().isEmpty()) {
        screen.line("");
        screen.line(screen.paint(Style.BOLD, "Mistakes"));
      }
      for (Evaluation.Mistake mistake : evaluation.mistakes()) {
        screen.line(
            "  \"%s\" is %s, went to %s: %s"
                .formatted(mistake.text(), mistake.task(), mistake.taken(), mistake.why()));
      }
      if (save) {
        screen.err().println("Kept for the door, which uses it within seconds.");
      }
    }

    private List<Evaluation.Labelled> read(Policy policy) throws IOException {
      Path path = context.directory().resolve(file);
      if (!Files.isRegularFile(path)) {
        throw CommandFailure.usage(
            "no file " + file, "a file of requests", "Name one that is there.");
      }
      ObjectMapper json = Json.mapper();
      List<Evaluation.Labelled> requests = new ArrayList<>();
      int number = 0;
      for (String line : Files.readAllLines(path)) {
        number++;
        if (!line.isBlank()) {
          requests.add(labelled(json, line, number, policy));
        }
      }
      if (requests.size() < Evaluation.PARTS) {
        throw CommandFailure.of(
            requests.size() + " requests in " + file,
            "at least %d, better 200".formatted(Evaluation.PARTS),
            "Nine tenths calibrate what the last tenth is judged by.");
      }
      return requests;
    }

    private Evaluation.Labelled labelled(
        ObjectMapper json, String line, int number, Policy policy) {
      JsonNode tree;
      try {
        tree = json.readTree(line);
      } catch (JsonProcessingException e) {
        throw bad(number, "no JSON (" + e.getOriginalMessage() + ")");
      }
      if (!tree.path("text").isTextual() || !tree.path("task").isTextual()) {
        throw bad(number, "an object without text or task");
      }
      if (policy.named(tree.path("task").asText()).isEmpty()) {
        throw bad(number, "the unknown task " + tree.path("task").asText());
      }
      return new Evaluation.Labelled(tree.path("text").asText(), tree.path("task").asText());
    }

    private CommandFailure bad(int number, String what) {
      return CommandFailure.of(
          file + ", line " + number + ": " + what,
          "{\"text\": \"…\", \"task\": \"a task of the manifest\"}",
          "Mend the line.");
    }
  }

  @Command(
      name = "ambiguous",
      description = {
        "Requests of which the router was not sure, as lines for evaluate, each with the task that",
        "was taken: correct it where it is wrong."
      },
      footerHeading = "%nExample:%n",
      footer = "  flotilla router ambiguous >> requests.jsonl")
  static final class Ambiguous implements Callable<Integer> {
    private final Context context;

    Ambiguous(Context context) {
      this.context = context;
    }

    @Override
    public Integer call() throws IOException {
      Fleet fleet = Manifests.load(context).fleet();
      List<AmbiguousLog.Line> lines =
          AmbiguousLog.read(
              StateFolders.of(context.environment()).of(fleet.name()).resolve("door"));
      if (context.options().json()) {
        context.printJson(Map.of("requests", lines));
        return ExitCode.OK;
      }
      Set<String> shown = new HashSet<>();
      for (AmbiguousLog.Line line : lines) {
        if (shown.add(line.text())) {
          context.screen().line(Wire.text(new Evaluation.Labelled(line.text(), line.taken())));
        }
      }
      if (lines.isEmpty()) {
        context.screen().err().println("The router was sure of every request so far.");
      }
      return ExitCode.OK;
    }
  }
}
