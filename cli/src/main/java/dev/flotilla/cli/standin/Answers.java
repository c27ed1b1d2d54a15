package dev.flotilla.cli.standin;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Says what a probe wants to hear, in the protocol it speaks: HTTP when it begins with a letter,
 * ZMTP 3 (NULL, as a REP socket) when it begins with 0xFF. Enough for health, and no more.
 */
final class Answers {
  private static final int ZMTP = 0xff;
  private static final int GREETING = 64;
  private static final int MORE = 1;
  private static final int LONG = 2;
  private static final int COMMAND = 4;
  private static final int LONGEST = 1 << 20;

  private Answers() {}

  static void to(InputStream in, OutputStream out) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int first = data.read();
    if (first == ZMTP) {
      zmtp(data, out);
    } else if (first >= 0) {
      http(data, out);
    }
  }

  private static void http(DataInputStream in, OutputStream out) throws IOException {
    int newLines = 0;
    for (int read = 0; newLines < 2 && read < LONGEST; read++) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      newLines = next == '\n' ? newLines + 1 : next == '\r' ? newLines : 0;
    }
    byte[] body = "{\"status\":\"ok\",\"standIn\":true}".getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\nConnection: close\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }

  private static void zmtp(DataInputStream in, OutputStream out) throws IOException {
    byte[] greeting = new byte[GREETING];
    greeting[0] = (byte) ZMTP;
    greeting[8] = 1;
    greeting[9] = 0x7f;
    greeting[10] = 3;
    System.arraycopy("NULL".getBytes(StandardCharsets.US_ASCII), 0, greeting, 12, 4);
    out.write(greeting);
    in.skipNBytes(GREETING - 1);
    out.write(ready());
    out.flush();
    boolean lastFrame = false;
    while (!lastFrame) {
      int flags = in.readUnsignedByte();
      long length = (flags & LONG) == 0 ? in.readUnsignedByte() : in.readLong();
      if (length < 0 || length > LONGEST) {
        return;
      }
      in.skipNBytes(length);
      lastFrame = (flags & COMMAND) == 0 && (flags & MORE) == 0;
    }
    out.write(new byte[] {MORE, 0, 0, 2, 'o', 'k'});
    out.flush();
  }

  /** The READY command with the property Socket-Type: REP. */
  private static byte[] ready() {
    byte[] command = "\5READY\13Socket-Type\0\0\0\3REP".getBytes(StandardCharsets.ISO_8859_1);
    byte[] frame = new byte[command.length + 2];
    frame[0] = COMMAND;
    frame[1] = (byte) command.length;
    System.arraycopy(command, 0, frame, 2, command.length);
    return frame;
  }
}
