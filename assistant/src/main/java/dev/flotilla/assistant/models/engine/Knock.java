package dev.flotilla.assistant.models.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Asks whether a server serves yet.
 *
 * @param health a path that answers 2xx, or {@code tcp}
 */
record Knock(String host, int port, String health) {
  private static final int PATIENCE_MILLIS = 1000;

  boolean answered() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      if (health.equals("tcp")) {
        return true;
      }
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n"
                  .formatted(health, host, port)
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String line = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
      return line.matches("HTTP/1\\.[01] 2\\d\\d");
    } catch (IOException e) {
      return false;
    }
  }
}
