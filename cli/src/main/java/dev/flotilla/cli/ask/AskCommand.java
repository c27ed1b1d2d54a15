package dev.flotilla.cli.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.screen.Screen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla ask}. */
@Command(
    name = "ask",
    description = "Ask the fleet something in words.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla ask \"which agents are unhealthy?\"",
      "  flotilla ask --explain what is on port 7200",
      "",
      "Without a model it answers what it knows of the fleet, of time and units, and says so",
      "when it does not know."
    })
public final class AskCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(arity = "1..*", paramLabel = "QUESTION", description = "What you want to know.")
  private List<String> words = List.of();

  @Option(
      names = {"-e", "--explain"},
      description = "Show how the answer came about: route, attempts, time, tokens, cost.")
  private boolean explain;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "A model, a target or a task of the manifest; the router chooses otherwise.")
  private @Nullable String model;

  private String asked = "";

  public AskCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String question = String.join(" ", words).strip();
    if (question.isEmpty()) {
      throw CommandFailure.usage(
          "an empty question", "words", "Such as: flotilla ask \"what changed?\"");
    }
    Fleets fleets = new Fleets(context);
    DoorClient door = DoorClient.of(fleets);
    ObjectNode body = fleets.json().createObjectNode();
    body.put("model", model == null ? "auto" : model).put("stream", true);
    body.putArray("messages").addObject().put("role", "user").put("content", question);
    Screen screen = context.screen();
    StringBuilder answer = new StringBuilder();
    String id;
    try {
      id =
          door.chat(
              body,
              Map.of(),
              cut -> {},
              begun -> asked = begun,
              piece -> {
                answer.append(piece);
                if (!context.options().json()) {
                  screen.out().print(piece);
                  screen.out().flush();
                }
              });
    } catch (CommandFailure e) {
      if (!answer.isEmpty() && !context.options().json()) {
        screen.lines(List.of("", ""));
      }
      if (explain && !asked.isEmpty() && !context.options().json()) {
        screen.lines(ExplanationText.lines(door.explain(asked), screen));
      }
      throw e;
    }
    if (context.options().json()) {
      printJson(answer.toString(), id, door);
    } else {
      screen.line("");
      if (explain) {
        screen.line("");
        screen.lines(ExplanationText.lines(door.explain(id), screen));
      }
    }
    return ExitCode.OK;
  }

  private void printJson(String answer, String id, DoorClient door) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("request", id);
    shown.put("answer", answer);
    if (explain) {
      JsonNode explanation = door.explain(id);
      shown.put("explanation", explanation);
    }
    context.printJson(shown);
  }
}
