package dev.flotilla.node.probe;

import dev.flotilla.model.Probe;
import dev.flotilla.node.core.ProbeHistory.Answer;
import dev.flotilla.node.process.ProcessTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * One connection. The kernel accepts it for a stopped process too, so the process is looked at as
 * well.
 */
final class TcpCheck {
  private TcpCheck() {}

  static Answer ask(Probe.Tcp check, Duration timeout, long pid, ProcessTable table) {
    String place = check.host() + ":" + check.port();
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getByName(check.host()), check.port()),
          (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis())));
      return table.stopped(pid)
          ? Answer.failed("%s accepts, but its process is stopped".formatted(place))
          : Answer.OK;
    } catch (SocketTimeoutException e) {
      return Answer.failed(
          "%s accepted no connection within %d ms".formatted(place, timeout.toMillis()));
    } catch (IOException e) {
      return Answer.failed("%s: %s".formatted(place, HttpCheck.reason(e)));
    }
  }
}
