package dev.flotilla.node.probe;

import dev.flotilla.model.Probe;
import dev.flotilla.node.core.ProbeHistory.Answer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One request to a ZeroMQ REP or ROUTER socket, spoken as ZMTP 3.0 with the NULL mechanism
 * (rfc.zeromq.org/spec/23): greeting, READY, one message; any message in answer will do.
 */
final class ZmqCheck {
  private static final int GREETING_BYTES = 64;
  private static final int LONGEST_FRAME = 1 << 20;
  private static final int MORE = 1;
  private static final int LONG = 2;
  private static final int COMMAND = 4;

  private ZmqCheck() {}

  static Answer ask(Probe.Zmq check, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    String place = "zmq %s:%d".formatted(check.host(), check.port());
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(InetAddress.getByName(check.host()), check.port()),
          millisUntil(deadline));
      OutputStream out = socket.getOutputStream();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      out.write(greeting());
      socket.setSoTimeout(millisUntil(deadline));
      byte[] theirs = in.readNBytes(GREETING_BYTES);
      if (theirs.length < GREETING_BYTES || (theirs[0] & 0xff) != 0xff || theirs[10] < 3) {
        return Answer.failed(place + " does not speak ZMTP 3");
      }
      out.write(ready());
      byte[] text = check.request().getBytes(StandardCharsets.UTF_8);
      boolean sent = false;
      while (true) {
        socket.setSoTimeout(millisUntil(deadline));
        int flags = in.readUnsignedByte();
        long length = (flags & LONG) == 0 ? in.readUnsignedByte() : in.readLong();
        if (length < 0 || length > LONGEST_FRAME) {
          return Answer.failed(place + " sent a frame of " + length + " bytes");
        }
        byte[] body = in.readNBytes((int) length);
        if ((flags & COMMAND) == 0) {
          return Answer.OK;
        }
        if (!sent && isReady(body)) {
          out.write(message(text));
          sent = true;
        }
      }
    } catch (SocketTimeoutException e) {
      return Answer.failed("%s gave no answer within %d ms".formatted(place, timeout.toMillis()));
    } catch (IOException e) {
      return Answer.failed("%s: %s".formatted(place, HttpTalk.reason(e)));
    }
  }

  private static int millisUntil(long deadline) throws SocketTimeoutException {
    long left = (deadline - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) Math.min(Integer.MAX_VALUE, left);
  }

  private static byte[] greeting() {
    ByteBuffer bytes = ByteBuffer.allocate(GREETING_BYTES);
    bytes.put(0, (byte) 0xff).put(8, (byte) 1).put(9, (byte) 0x7f).put(10, (byte) 3);
    bytes.put(12, "NULL".getBytes(StandardCharsets.US_ASCII));
    return bytes.array();
  }

  /** The READY command with the socket type; a REQ is welcome at REP and ROUTER sockets. */
  private static byte[] ready() {
    byte[] name = "Socket-Type".getBytes(StandardCharsets.US_ASCII);
    byte[] value = "REQ".getBytes(StandardCharsets.US_ASCII);
    int length = 1 + 5 + 1 + name.length + 4 + value.length;
    ByteBuffer bytes = ByteBuffer.allocate(2 + length);
    bytes.put((byte) COMMAND).put((byte) length);
    bytes.put((byte) 5).put("READY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) name.length).put(name).putInt(value.length).put(value);
    return bytes.array();
  }

  private static boolean isReady(byte[] command) {
    return command.length >= 6
        && command[0] == 5
        && new String(command, 1, 5, StandardCharsets.US_ASCII).equals("READY");
  }

  /** The empty frame a request begins with, then the text. */
  private static byte[] message(byte[] text) {
    boolean wide = text.length > 255;
    ByteBuffer bytes = ByteBuffer.allocate(2 + 1 + (wide ? 8 : 1) + text.length);
    bytes.put((byte) MORE).put((byte) 0);
    bytes.put((byte) (wide ? LONG : 0));
    if (wide) {
      bytes.putLong(text.length);
    } else {
      bytes.put((byte) text.length);
    }
    return bytes.put(text).array();
  }
}
