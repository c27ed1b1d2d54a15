package dev.flotilla.node.probe;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** What is said over one connection, and what is made of it. Methods must not block. */
interface Talk<T> {

  /** The connection stands. */
  Optional<T> connected(SocketChannel channel) throws IOException;

  /** Something came, or the other side will say no more. */
  Optional<T> readable(SocketChannel channel) throws IOException;

  /** The time is over. */
  T late();

  /** The connection broke or did not come about. */
  T failed(IOException e);
}
