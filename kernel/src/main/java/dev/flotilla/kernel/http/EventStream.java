package dev.flotilla.kernel.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Server-sent events to one reader. For one thread. */
public final class EventStream {
  private final OutputStream out;

  EventStream(OutputStream out) {
    this.out = out;
  }

  /**
   * Sends one event at once.
   *
   * @param event its name, one line
   * @param data any text; JSON by convention
   * @throws IOException when the reader has gone
   */
  public void send(String event, String data) throws IOException {
    StringBuilder text = new StringBuilder("event: ").append(event).append('\n');
    data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    write(text.append('\n'));
  }

  /** Sends a comment, which readers pass over; shows that the connection stands. */
  public void keepAlive() throws IOException {
    write(new StringBuilder(":\n\n"));
  }

  private void write(StringBuilder text) throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
