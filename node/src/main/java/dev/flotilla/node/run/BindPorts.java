package dev.flotilla.node.run;

import dev.flotilla.model.Agent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Tries each port, and asks who holds it only when it is not free. Thread-safe. */
public final class BindPorts implements Ports {
  private final IntFunction<Optional<String>> holder;

  /**
   * @param holder name and pid of whoever listens on a port, for people
   */
  public BindPorts(IntFunction<Optional<String>> holder) {
    this.holder = holder;
  }

  @Override
  public Optional<String> held(Agent agent) {
    for (Map.Entry<String, Integer> port : agent.ports().entrySet()) {
      if (!free(port.getValue())) {
        return Optional.of(
            "port %d is held by %s; it starts by itself when the port is free"
                .formatted(
                    port.getValue(),
                    holder.apply(port.getValue()).orElse("a process that cannot be seen")));
      }
    }
    return Optional.empty();
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
