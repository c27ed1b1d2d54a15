package dev.flotilla.cli.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Tries whether a port can be listened on, on every address of this machine. */
final class FreePorts {

  boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress((InetAddress) null, port));
      return true;
    } catch (IOException held) {
      return false;
    }
  }
}
