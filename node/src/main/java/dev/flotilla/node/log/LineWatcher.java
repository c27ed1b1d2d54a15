package dev.flotilla.node.log;

import dev.flotilla.model.AgentId;
import dev.flotilla.node.core.Event;
import dev.flotilla.node.core.RunId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Waits for texts in the logs of running agents, from the start of the run on. Only agents that
 * somebody waits for are read. Thread-safe.
 */
public final class LineWatcher implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int BLOCK = 64 * 1024;

  private final Logs logs;
  private final Map<RunId, Thread> readers = new ConcurrentHashMap<>();

  public LineWatcher(Logs logs) {
    this.logs = logs;
  }

  /** Begins to wait for texts, if there are any. */
  public void watch(AgentId agent, RunId run, Set<String> texts, Consumer<Event> events) {
    unwatch(run);
    if (texts.isEmpty()) {
      return;
    }
    Thread reader =
        Thread.ofVirtual()
            .name("lines-" + agent.name())
            .unstarted(() -> read(agent, run, new HashSet<>(texts), events));
    readers.put(run, reader);
    reader.start();
  }

  public void unwatch(RunId run) {
    Thread reader = readers.remove(run);
    if (reader != null) {
      reader.interrupt();
    }
  }

  private void read(AgentId agent, RunId run, Set<String> missing, Consumer<Event> events) {
    Path file = logs.file(agent);
    long position = logs.start(agent);
    int keep =
        missing.stream().mapToInt(t -> t.getBytes(StandardCharsets.UTF_8).length).max().orElse(1);
    ByteBuffer buffer = ByteBuffer.allocate(BLOCK + keep);
    try {
      while (!missing.isEmpty() && !Thread.currentThread().isInterrupted()) {
        if (Files.exists(file) && Files.size(file) < position) {
          position = 0;
          buffer.clear();
        }
        int read = append(file, position, buffer);
        if (read > 0) {
          position += read;
          String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
          for (String wanted : Set.copyOf(missing)) {
            if (text.contains(wanted)) {
              missing.remove(wanted);
              events.accept(new Event.LineSeen(agent, run, wanted));
            }
          }
          keepLast(buffer, keep);
        } else {
          Thread.sleep(PAUSE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      events.accept(
          new Event.Trouble(agent, "its log could not be read: " + String.valueOf(e.getMessage())));
    }
  }

  private static int append(Path file, long position, ByteBuffer buffer) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      if (channel.size() <= position) {
        return 0;
      }
      channel.position(position);
      return channel.read(buffer);
    }
  }

  /** A text may lie across two blocks. */
  private static void keepLast(ByteBuffer buffer, int keep) {
    buffer.flip();
    buffer.position(Math.max(0, buffer.limit() - keep));
    buffer.compact();
  }

  @Override
  public void close() {
    readers.keySet().forEach(this::unwatch);
  }
}
