package dev.flotilla.cli.command;

import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.client.NodeClient;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.view.StatusTable;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import java.time.Instant;
import java.util.List;

/** What {@code start}, {@code stop} and {@code restart} share. */
final class AgentAction {
  private final Context context;

  AgentAction(Context context) {
    this.context = context;
  }

  int perform(String verb, List<String> names) {
    NodeClient node = new Fleets(context).require();
    List<AgentId> known = node.status().agents().stream().map(AgentStatus::id).toList();
    List<AgentId> meant = AgentChoice.of(names, known);
    meant.forEach(agent -> node.act(agent, verb));
    List<AgentStatus> after =
        node.status().agents().stream().filter(a -> meant.contains(a.id())).toList();
    if (context.options().json()) {
      context.printJson(new dev.flotilla.cli.client.FleetStatus(node.status().fleet(), after));
    } else {
      context.screen().table(StatusTable.of(after, Instant.now()));
    }
    return ExitCode.OK;
  }
}
