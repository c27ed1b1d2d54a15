package dev.flotilla.node.probe;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Probe;
import dev.flotilla.node.core.ProbeHistory.Answer;
import dev.flotilla.node.process.ProcessTable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Asks over real sockets, processes and the bus. What may block, which is to look up a name, to run
 * a command and to speak ZMTP, is done on a virtual thread.
 */
final class SystemChecks implements Checks {
  private final SocketLoop loop;
  private final ProcessTable table;
  private final CommandCheck commands;
  private final BusCheck bus;

  SystemChecks(SocketLoop loop, ProcessTable table, CommandCheck commands, BusCheck bus) {
    this.loop = loop;
    this.table = table;
    this.commands = commands;
    this.bus = bus;
  }

  @Override
  public CompletableFuture<Answer> ask(Agent agent, long pid, Probe.Check check, Duration timeout) {
    return switch (check) {
      case Probe.Http http -> talk(http.host(), http.port(), timeout, new HttpTalk(http, timeout));
      case Probe.Tcp tcp ->
          talk(tcp.host(), tcp.port(), timeout, new TcpTalk(tcp, timeout, pid, table));
      case Probe.Command command -> apart(() -> commands.ask(agent, command, timeout));
      case Probe.Bus service -> bus.ask(service, timeout);
      case Probe.Zmq zmq -> apart(() -> ZmqCheck.ask(zmq, timeout));
    };
  }

  private CompletableFuture<Answer> talk(
      String host, int port, Duration timeout, Talk<Answer> talk) {
    try {
      InetAddress address = InetAddress.ofLiteral(host);
      return loop.talk(new InetSocketAddress(address, port), timeout, talk);
    } catch (IllegalArgumentException e) {
      return byName(host, port, timeout, talk);
    }
  }

  private CompletableFuture<Answer> byName(
      String host, int port, Duration timeout, Talk<Answer> talk) {
    CompletableFuture<Answer> outcome = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("look-up-" + host)
        .start(
            () -> {
              try {
                InetSocketAddress place = new InetSocketAddress(InetAddress.getByName(host), port);
                loop.execute(
                    () -> {
                      CompletableFuture<Answer> said = loop.talk(place, timeout, talk);
                      var _ = said.thenAccept(outcome::complete);
                      var _ = outcome.whenComplete((answer, failure) -> said.cancel(false));
                    });
              } catch (UnknownHostException e) {
                outcome.complete(Answer.failed("no address is known of the host " + host));
              }
            });
    return outcome;
  }

  /** A question that blocks. */
  private interface Blocking {
    Answer ask() throws InterruptedException;
  }

  private static CompletableFuture<Answer> apart(Blocking question) {
    CompletableFuture<Answer> outcome = new CompletableFuture<>();
    Thread asker =
        Thread.ofVirtual()
            .name("probe")
            .start(
                () -> {
                  try {
                    outcome.complete(question.ask());
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    var _ =
        outcome.whenComplete(
            (answer, failure) -> {
              if (outcome.isCancelled()) {
                asker.interrupt();
              }
            });
    return outcome;
  }
}
