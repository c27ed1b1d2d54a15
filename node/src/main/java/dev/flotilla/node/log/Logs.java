package dev.flotilla.node.log;

import dev.flotilla.model.AgentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where the logs of agents are, and their last lines. Thread-safe. */
public final class Logs {
  private static final int WORDS_BYTES = 4096;
  private static final int WORDS_LINES = 3;
  private static final int WORDS_LENGTH = 300;

  private final Path folder;
  private final Map<AgentId, Long> starts = new ConcurrentHashMap<>();

  /**
   * @param folder of all logs, there already
   */
  public Logs(Path folder) {
    this.folder = folder;
  }

  /** The file that an agent appends to. */
  public Path file(AgentId agent) {
    return folder.resolve(agent + ".log");
  }

  /** Notes that a run begins; gives the place in the log where its lines will begin. */
  public long begin(AgentId agent) {
    long size = size(file(agent));
    starts.put(agent, size);
    return size;
  }

  /** Where the lines of the current run begin. */
  public long start(AgentId agent) {
    return starts.getOrDefault(agent, 0L);
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * The last lines written since a place in the file, joined for one sentence, without what is not
   * text; empty when there are none.
   */
  public String lastWords(AgentId agent, long since) {
    if (size(file(agent)) == since) {
      return "";
    }
    try {
      String text = tail(file(agent), since, WORDS_BYTES);
      List<String> lines =
          text.lines().map(Logs::printable).map(String::strip).filter(l -> !l.isEmpty()).toList();
      String words =
          String.join(" | ", lines.subList(Math.max(0, lines.size() - WORDS_LINES), lines.size()));
      return words.length() <= WORDS_LENGTH
          ? words
          : "…" + words.substring(words.length() - WORDS_LENGTH);
    } catch (IOException e) {
      return "";
    }
  }

  /** At most the last bytes of a file, from a place on when it still is that long. */
  static String tail(Path file, long since, int bytes) throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long size = channel.size();
      long from = Math.max(size < since ? 0 : since, size - bytes);
      ByteBuffer buffer = ByteBuffer.allocate((int) (size - from));
      channel.position(from);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
      return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }
  }

  private static String printable(String line) {
    return line.codePoints()
        .filter(c -> c != 0xFFFD && !Character.isISOControl(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
