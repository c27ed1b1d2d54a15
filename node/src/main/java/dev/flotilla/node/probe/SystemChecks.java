package dev.flotilla.node.probe;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Probe;
import dev.flotilla.node.core.ProbeHistory.Answer;
import dev.flotilla.node.process.ProcessTable;
import java.time.Duration;

/** Asks over real sockets, processes and the bus. */
public final class SystemChecks implements Checks {
  private final ProcessTable table;
  private final CommandCheck commands;
  private final BusCheck bus;

  public SystemChecks(ProcessTable table, CommandCheck commands, BusCheck bus) {
    this.table = table;
    this.commands = commands;
    this.bus = bus;
  }

  @Override
  public Answer ask(Agent agent, long pid, Probe.Check check, Duration timeout)
      throws InterruptedException {
    return switch (check) {
      case Probe.Http http -> HttpCheck.ask(http, timeout);
      case Probe.Tcp tcp -> TcpCheck.ask(tcp, timeout, pid, table);
      case Probe.Command command -> commands.ask(agent, command, timeout);
      case Probe.Bus service -> bus.ask(service, timeout);
      case Probe.Zmq zmq -> ZmqCheck.ask(zmq, timeout);
    };
  }
}
