package dev.flotilla.bus.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/** The server's side of TLS over a channel that never waits. */
final class TlsTransport implements Transport {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final SocketChannel channel;
  private final SSLEngine engine;
  private final ByteBuffer sealedIn;
  private final ByteBuffer sealedOut;
  private boolean established;

  TlsTransport(SocketChannel channel, SSLContext context) throws SSLException {
    this.channel = channel;
    this.engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    this.sealedIn = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    this.sealedOut = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.beginHandshake();
  }

  @Override
  public boolean established() {
    return established;
  }

  /**
   * @param into must have room for a whole record, at least 17 KiB
   */
  @Override
  public int read(ByteBuffer into) throws IOException {
    int before = into.position();
    boolean ended = channel.read(sealedIn) < 0;
    sealedIn.flip();
    try {
      unseal(into);
    } finally {
      sealedIn.compact();
    }
    int opened = into.position() - before;
    return opened == 0 && (ended || engine.isInboundDone()) ? -1 : opened;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int before = from.position();
    while (established && flush() && from.hasRemaining()) {
      seal(from);
    }
    flush();
    return from.position() - before;
  }

  @Override
  public boolean flush() throws IOException {
    sealedOut.flip();
    try {
      int written = 1;
      while (sealedOut.hasRemaining() && written > 0) {
        written = channel.write(sealedOut);
      }
    } finally {
      sealedOut.compact();
    }
    return sealedOut.position() == 0;
  }

  private void unseal(ByteBuffer into) throws IOException {
    while (true) {
      SSLEngineResult result = engine.unwrap(sealedIn, into);
      handshake(result.getHandshakeStatus());
      boolean advanced = result.bytesConsumed() > 0 || result.bytesProduced() > 0;
      if (result.getStatus() != SSLEngineResult.Status.OK || !advanced) {
        return;
      }
    }
  }

  private void handshake(SSLEngineResult.HandshakeStatus begin) throws IOException {
    SSLEngineResult.HandshakeStatus status = begin;
    while (true) {
      switch (status) {
        case NEED_TASK -> {
          for (Runnable task = engine.getDelegatedTask();
              task != null;
              task = engine.getDelegatedTask()) {
            task.run();
          }
          status = engine.getHandshakeStatus();
        }
        case NEED_WRAP -> {
          flush();
          status = seal(NOTHING);
        }
        case FINISHED -> {
          established = true;
          status = engine.getHandshakeStatus();
        }
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          return;
        }
        case NOT_HANDSHAKING -> {
          flush();
          return;
        }
      }
      if (status == SSLEngineResult.HandshakeStatus.NEED_UNWRAP) {
        flush();
      }
    }
  }

  private SSLEngineResult.HandshakeStatus seal(ByteBuffer from) throws IOException {
    SSLEngineResult result = engine.wrap(from, sealedOut);
    return switch (result.getStatus()) {
      case OK -> result.getHandshakeStatus();
      case CLOSED -> throw new IOException("the client ended the encryption");
      case BUFFER_OVERFLOW -> throw new IOException("the client does not read its TLS handshake");
      case BUFFER_UNDERFLOW -> throw new SSLException("underflow while sealing");
    };
  }
}
