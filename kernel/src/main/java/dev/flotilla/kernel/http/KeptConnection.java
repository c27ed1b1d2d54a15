package dev.flotilla.kernel.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webclient.api.ClientConnection;
import io.helidon.webclient.api.TcpClientConnection;
import java.time.Duration;
import java.util.function.Predicate;

/** A connection to a server that rests between its requests. For one request at a time. */
final class KeptConnection implements ClientConnection {
  private final TcpClientConnection connection;
  private final Predicate<KeptConnection> rest;
  private final DataReader reader;
  private boolean closed;

  /**
   * @param connection connected
   * @param rest whether it is kept when a request has ended; it is closed otherwise
   */
  KeptConnection(TcpClientConnection connection, Predicate<KeptConnection> rest) {
    this.connection = connection;
    this.rest = rest;
    this.reader = new UnchainedReader(connection.helidonSocket());
  }

  @Override
  public DataReader reader() {
    return reader;
  }

  @Override
  public DataWriter writer() {
    return connection.writer();
  }

  @Override
  public String channelId() {
    return connection.channelId();
  }

  @Override
  public HelidonSocket helidonSocket() {
    return connection.helidonSocket();
  }

  @Override
  public void readTimeout(Duration readTimeout) {
    connection.readTimeout(readTimeout);
  }

  @Override
  public boolean isConnected() {
    return connection.isConnected();
  }

  @Override
  public void releaseResource() {
    if (!closed && !rest.test(this)) {
      closeResource();
    }
  }

  @Override
  public void closeResource() {
    closed = true;
    connection.closeResource();
  }
}
