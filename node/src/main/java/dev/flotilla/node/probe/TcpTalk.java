package dev.flotilla.node.probe;

import dev.flotilla.model.Probe;
import dev.flotilla.node.core.ProbeHistory.Answer;
import dev.flotilla.node.process.ProcessTable;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/**
 * One connection. The kernel accepts it for a stopped process too, so the process is looked at as
 * well.
 *
 * @param pid of the process that should listen; 0 when it is not known
 */
record TcpTalk(Probe.Tcp check, Duration timeout, long pid, ProcessTable table)
    implements Talk<Answer> {

  @Override
  public Optional<Answer> connected(SocketChannel channel) {
    return Optional.of(
        table.stopped(pid)
            ? Answer.failed("%s accepts, but its process is stopped".formatted(place()))
            : Answer.OK);
  }

  @Override
  public Optional<Answer> readable(SocketChannel channel) {
    return Optional.empty();
  }

  @Override
  public Answer late() {
    return Answer.failed(
        "%s accepted no connection within %d ms".formatted(place(), timeout.toMillis()));
  }

  @Override
  public Answer failed(IOException e) {
    return Answer.failed("%s: %s".formatted(place(), HttpTalk.reason(e)));
  }

  private String place() {
    return check.host() + ":" + check.port();
  }
}
