package dev.flotilla.cli.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The turn to start a node: one command at a time has it, from before the node's process is made
 * until the node answers. It goes with the process that has it, however that ends.
 */
final class StartTurn implements AutoCloseable {
  private static final String NAME = "start.lock";

  private final FileChannel channel;

  private StartTurn(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the turn.
   *
   * @param state the fleet's state folder, which is there
   */
  static StartTurn take(Path state) throws IOException {
    FileChannel channel =
        FileChannel.open(state.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      var _ = channel.lock();
      return new StartTurn(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
