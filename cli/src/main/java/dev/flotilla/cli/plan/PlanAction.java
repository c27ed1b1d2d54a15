package dev.flotilla.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.desk.Desk;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all plan commands share: where the plans are, who acts, how to answer. */
abstract class PlanAction implements Callable<Integer> {
  final Context context;

  @Option(
      names = "--plans",
      paramLabel = "FOLDER",
      description = "The folder of the plans; without it plans/ here or in a folder above.")
  private @Nullable Path plans;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "Who acts; without it FLOTILLA_ACTOR, the agent's name, or the user.")
  private String actor = "";

  PlanAction(Context context) {
    this.context = context;
  }

  @Override
  public final Integer call() {
    try {
      return act();
    } catch (PlanRefused refused) {
      throw CommandFailure.of(refused.problems());
    }
  }

  abstract int act();

  final Desk desk() {
    return Desks.open(context, plans, actor);
  }

  /** Whether the actor was named, by an option or by the environment. */
  final boolean named() {
    return !actor.isBlank()
        || context.environment().containsKey("FLOTILLA_ACTOR")
        || context.environment().containsKey("FLOTILLA_AGENT");
  }

  /** Answers in the form that was asked for. */
  final void answer(JsonNode json, List<String> words) {
    if (json()) {
      context.plainScreen().out().println(json.toPrettyString());
    } else {
      context.screen().lines(words);
    }
  }

  final void answer(JsonNode json, String words) {
    answer(json, List.of(words));
  }

  final boolean json() {
    return context.options().json();
  }
}
