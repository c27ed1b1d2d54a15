package dev.flotilla.cli.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The turn to start a node: one command at a time has it, from before the node's process is made
 * until the node answers. It goes with the process that has it, however that ends.
 */
final class StartTurn implements AutoCloseable {
  private static final String NAME = "start.lock";
  private static final Duration LOOK = Duration.ofMillis(10);

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
      while (!locked(channel)) {
        LockSupport.parkNanos(LOOK.toNanos());
      }
      return new StartTurn(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldInThisJvm) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
