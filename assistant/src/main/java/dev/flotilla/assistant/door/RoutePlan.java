package dev.flotilla.assistant.door;

import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.door.api.ApiException;
import dev.flotilla.assistant.door.keys.Key;
import dev.flotilla.assistant.router.Asked;
import dev.flotilla.assistant.router.Choice;
import dev.flotilla.assistant.router.Route;
import dev.flotilla.assistant.router.TaskClass;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.assistant.upstream.Texts;
import dev.flotilla.kernel.flags.Flags;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How one request is to be answered.
 *
 * @param chain who is asked, in turn; at least one
 * @param deadline of the request, or of its task where that is earlier
 * @param quality what an answer must score
 */
record RoutePlan(
    Choice choice,
    RoutingTable table,
    List<String> chain,
    Instant deadline,
    Optional<Double> quality) {

  /**
   * Chooses the task of a request.
   *
   * @param model the model it names
   * @throws ApiException when it names what there is not
   */
  static Choice choose(Wishes wishes, Call call, Optional<String> model, Routing now)
      throws ApiException {
    RoutingTable table = now.table();
    if (model.isPresent()
        && !model.get().equals("auto")
        && !table.isTarget(model.get())
        && table.policy().named(model.get()).isEmpty()) {
      throw ApiErrors.unknownModel(model.get(), table.models()).exception();
    }
    Optional<String> task = wishes.task();
    if (task.isPresent() && table.policy().named(task.get()).isEmpty()) {
      throw ApiErrors.unknownTask(task.get(), table.policy()).exception();
    }
    return Route.choose(
        new Asked(model, task, call.text()),
        table.policy(),
        table::isTarget,
        now.examples(),
        now.calibration());
  }

  /**
   * Finds who may be asked, as far as the key and the task's ceilings allow.
   *
   * @throws ApiException when nobody may
   */
  static RoutePlan of(
      Choice choice,
      Wishes wishes,
      Call call,
      Key key,
      RoutingTable table,
      Flags flags,
      Instant now,
      Trace trace)
      throws ApiException {
    Optional<TaskClass> task = table.policy().named(choice.taskClass());
    List<String> all = table.chain(choice, session(wishes, call, trace), flags);
    List<String> may = Visitor.mayBeAnsweredBy(key, all, choice.taskClass());
    Optional<Double> most = task.flatMap(TaskClass::mostCost);
    List<String> chain =
        most.isEmpty()
            ? may
            : may.stream().filter(t -> affordable(t, call, most.get(), table, trace)).toList();
    if (chain.isEmpty()) {
      throw ApiError.of(
              503,
              "server_error",
              "no_target",
              may.isEmpty()
                  ? "No target is left to ask: the flag or the weights of the task lead to none."
                  : "Every target of the task %s would cost more than %s for this request."
                      .formatted(choice.taskClass(), most.orElse(0.0)))
          .exception();
    }
    Instant deadline =
        task.flatMap(TaskClass::mostLatency)
            .map(now::plus)
            .filter(latest -> latest.isBefore(wishes.deadline()))
            .orElse(wishes.deadline());
    return new RoutePlan(choice, table, chain, deadline, task.flatMap(TaskClass::quality));
  }

  /** The first to be asked. */
  RoutingTable.Leaf first() {
    return table.leaf(chain.getFirst()).orElseThrow();
  }

  private static boolean affordable(
      String target, Call call, double most, RoutingTable table, Trace trace) {
    long output = call.body().path("max_tokens").asLong(256);
    double cost = table.leaf(target).orElseThrow().cost(Texts.tokens(call), output);
    if (cost > most) {
      trace.passedOver(target, "it would cost about %.6f, over %.6f".formatted(cost, most));
      return false;
    }
    return true;
  }

  private static String session(Wishes wishes, Call call, Trace trace) {
    return wishes
        .session()
        .or(() -> Optional.of(call.body().path("user").asText("")).filter(u -> !u.isEmpty()))
        .orElseGet(trace::id);
  }
}
