package dev.flotilla.cli.command;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.wiring.Services;
import dev.flotilla.kernel.ServiceFactory;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Problem;
import dev.flotilla.model.Result;
import dev.flotilla.model.check.FleetCheck;
import dev.flotilla.model.shape.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Everything that can be known to go wrong before anything starts. */
final class Preflight {
  private final Context context;
  private final Map<String, ServiceFactory<?>> services = Services.factories();

  Preflight(Context context) {
    this.context = context;
  }

  /**
   * @param here which machine of the manifest this one is; empty looks at no files and ports
   * @param running agents of the fleet that run already
   * @return sorted by place
   */
  List<Problem> problems(Fleet fleet, Optional<String> here, List<AgentStatus> running) {
    List<Problem> problems =
        new ArrayList<>(FleetCheck.check(fleet, new SystemFacts(context).of(fleet, here, running)));
    fleet.agents().values().forEach(agent -> problems.addAll(ofService(agent)));
    problems.sort(Comparator.comparing(Problem::where));
    return problems;
  }

  private List<Problem> ofService(Agent agent) {
    if (!(agent.launch() instanceof Launch.Service(String name, var _))) {
      return List.of();
    }
    ServiceFactory<?> service = services.get(name);
    if (service == null) {
      return List.of(
          Problem.error(
              agent.where(),
              "the unknown service '" + name + "'",
              "one of " + String.join(", ", new TreeSet<>(services.keySet())),
              Nearest.to(name, services.keySet())
                  .map(near -> "did you mean '" + near + "'?")
                  .orElse("name one of these, or start your own program by command:")));
    }
    return switch (service.configuration(agent)) {
      case Result.Ok<?>(var _, var warnings) -> warnings;
      case Result.Failed<?>(var problems) -> problems;
    };
  }
}
