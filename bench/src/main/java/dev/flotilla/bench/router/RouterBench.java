package dev.flotilla.bench.router;

import dev.flotilla.assistant.embedding.Meaning;
import dev.flotilla.assistant.embedding.MiniLm;
import dev.flotilla.assistant.embedding.RememberedMeaning;
import dev.flotilla.assistant.router.Calibration;
import dev.flotilla.assistant.router.Evaluation;
import dev.flotilla.assistant.router.Evaluation.Labelled;
import dev.flotilla.assistant.router.Examples;
import dev.flotilla.assistant.router.Policy;
import dev.flotilla.assistant.router.Reliability;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Json;
import dev.flotilla.model.Result;
import dev.flotilla.model.manifest.LoadOptions;
import dev.flotilla.model.manifest.ManifestLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code RouterBench EXAMPLE CLINC [REPORT]}: the folders {@code examples/router} of this
 * repository and {@code data} of github.com/clinc/oos-eval; writes the report as Markdown.
 */
public final class RouterBench {
  private static final int[] EXAMPLES = {4, 10, 30};
  private static final int[] LINES = {0, 30, 100, 300, 3_000};
  private static final int DEAL = 2;
  private static final int MOST_TEXTS = 40_000;

  private RouterBench() {}

  public static void main(String[] args) throws Exception {
    StringBuilder report = new StringBuilder(INTRODUCTION);
    try (MiniLm model = new MiniLm(Files.createTempDirectory("router-bench"))) {
      Meaning meaning = new RememberedMeaning(model, MOST_TEXTS);
      Policy policy = policy(Path.of(args[0], "fleet.yaml"));
      Evaluation evaluation =
          Evaluation.of(
              requests(Path.of(args[0], "requests.jsonl")), policy, new Examples(policy, meaning));
      report.append(EXAMPLE).append(evaluation.reliability().table()).append(BEFORE);
      report.append("\nThe same, with nothing calibrated:\n\n").append(evaluation.before().table());
      report.append(PUBLIC);
      Clinc clinc = Clinc.in(Path.of(args[1]));
      for (int examples : EXAMPLES) {
        rows(clinc, examples, meaning, report);
      }
      Policy ten = clinc.policy(EXAMPLES[1], DEAL);
      Examples vectors = new Examples(ten, meaning);
      report
          .append("\nWith 10 examples and 300 lines in full:\n\n")
          .append(measured(clinc, ten, vectors, 300).table());
    }
    if (args.length > 2) {
      Files.writeString(Path.of(args[2]), report);
    }
    System.out.println(report);
  }

  private static void rows(Clinc clinc, int examples, Meaning meaning, StringBuilder report) {
    Policy policy = clinc.policy(examples, DEAL);
    Examples vectors = new Examples(policy, meaning);
    for (int lines : LINES) {
      Reliability found = measured(clinc, policy, vectors, lines);
      report.append(
          String.format(
              Locale.ROOT,
              "| %d | %d | %.1f %% | %.1f | %.1f | %.3f |%n",
              examples,
              lines,
              found.right() * 100,
              found.error() * 100,
              found.chance().mean() * 100,
              found.brier()));
    }
  }

  private static Reliability measured(Clinc clinc, Policy policy, Examples vectors, int lines) {
    Calibration calibration =
        lines == 0
            ? Calibration.START
            : Evaluation.calibration(clinc.some(lines, DEAL), policy, vectors);
    return Reliability.of(Evaluation.claims(clinc.test(), policy, vectors, calibration));
  }

  private static Policy policy(Path manifest) {
    return switch (ManifestLoader.load(manifest, LoadOptions.of(Map.of()))) {
      case Result.Ok<Fleet>(Fleet fleet, var _) -> Policy.of(fleet.router().orElseThrow());
      case Result.Failed<Fleet>(var problems) ->
          throw new IllegalArgumentException(problems.getFirst().toString());
    };
  }

  private static List<Labelled> requests(Path file) throws IOException {
    List<Labelled> requests = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      requests.add(Json.mapper().readValue(line, Labelled.class));
    }
    return requests;
  }

  private static final String INTRODUCTION =
      """
      # The router's confidence

      `bench/run router.RouterBench examples/router CLINC/data [REPORT]`

      A confidence of 85 %% is worth something if such claims are right in 85 of 100 cases. The router \
      turns how like a request is to the two nearest examples of each task into a probability for each \
      task, by a multinomial logistic model of one slope and a bias for each task (Platt's scaling for \
      several classes), found by maximum likelihood and held to a start as if that had been seen \
      before. Claims are counted in tenths. Beside how often they were right stands Wilson's interval; \
      beside the expected calibration error, what it would be by chance if every claim were earned, \
      since few requests are never even. Brier's score rewards both: 0 is all-knowing, 0.25 a coin. \
      Vectors are those of all-MiniLM-L6-v2 (8 bits). How many examples are compared, and the start, \
      were chosen with both sets in view; slopes and biases never see what they are judged by.

      """
          .replace("%%", "%");

  private static final String EXAMPLE =
      """
      ## The example of this repository

      Three tasks with four or five examples each, 294 requests written by hand, ten parts: what is \
      claimed of each part was learned from the other nine.

      """;

  private static final String BEFORE =
      """

      Until November 2026 the lead of the best task over the next was calibrated by isotonic \
      regression on one half of the requests and judged on the other, and requests like no example \
      had one claim for all. On these 294 requests that was right in 66 %, and its claims were:

      | says | is right | of requests |
      |---|---|---|
      | 38 % | 45 % | 82 |
      | 45 % | 38 % | 82 |
      | 50 % | 0 % | 2 |
      | 97 % | 98 % | 128 |

      Off by 4.5 points (9.8 on the 72 requests there were), Brier score 0.148 as computed from this table: little wrong, since \
      more than half of the claims said nothing.
      """;

  private static final String PUBLIC =
      """

      ## A public set

      [CLINC150](https://github.com/clinc/oos-eval) (Larson and others 2019, CC BY 3.0), commit \
      828f809: requests to an assistant, here to be told into ten domains of fifteen intents each, \
      with 1,100 that are of none, for which a default without examples stands. Examples are drawn \
      from its training part; of the rest, 3,000 are to calibrate with and 5,600 to judge by.

      | examples a task | lines to calibrate | right | calibration error, points | by chance | Brier |
      |---|---|---|---|---|---|
      """;
}
