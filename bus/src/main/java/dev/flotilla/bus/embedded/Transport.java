package dev.flotilla.bus.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Bytes to and from a client, never waiting. */
interface Transport {
  /** Reads what is there; -1 when the client has ended. */
  int read(ByteBuffer into) throws IOException;

  /** Writes what the client takes at the moment, and returns how much of it that was. */
  int write(ByteBuffer from) throws IOException;

  /** Writes what an earlier call has kept back; returns whether nothing is left. */
  boolean flush() throws IOException;

  /** Whether the client may be listened to; false while the encryption is being agreed on. */
  boolean established();

  /** Without encryption. */
  record Plain(SocketChannel channel) implements Transport {
    @Override
    public int read(ByteBuffer into) throws IOException {
      return channel.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      int all = 0;
      while (from.hasRemaining()) {
        int written = channel.write(from);
        if (written == 0) {
          break;
        }
        all += written;
      }
      return all;
    }

    @Override
    public boolean flush() {
      return true;
    }

    @Override
    public boolean established() {
      return true;
    }
  }
}
