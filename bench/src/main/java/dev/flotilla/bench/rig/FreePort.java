package dev.flotilla.bench.rig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds ports for what is measured. */
public final class FreePort {
  private FreePort() {}

  /** A port of the loopback address that nobody holds now. */
  public static int find() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
