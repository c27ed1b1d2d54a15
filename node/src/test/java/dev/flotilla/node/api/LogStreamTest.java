package dev.flotilla.node.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStreamTest {
  @TempDir Path folder;

  /** What the follower gets, and what is done to the log each time it got something. */
  private static final class Follower extends OutputStream {
    private final StringBuilder got = new StringBuilder();
    private final Runnable[] steps;
    private int step;

    Follower(Runnable... steps) {
      this.steps = steps;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      got.append(new String(bytes, from, length, UTF_8));
    }

    /** The stream flushes after each look at the log; the last step ends it. */
    @Override
    public void flush() {
      if (step == steps.length) {
        Thread.currentThread().interrupt();
      } else {
        steps[step++].run();
      }
    }
  }

  private static String follow(Path log, Runnable... steps) {
    Follower follower = new Follower(steps);
    assertThatThrownBy(() -> new LogStream(log, 10_000, true).write(follower))
        .isInstanceOf(InterruptedException.class);
    return follower.got.toString();
  }

  private static void write(Path log, String text) {
    try {
      Files.writeString(log, text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to).mapToObj("%05d\n"::formatted).reduce("", String::concat);
  }

  @Test
  void aLogWhoseBeginningWasCutOffGoesOnWhereItWas() throws IOException {
    Path log = folder.resolve("a.log");
    write(log, lines(0, 1000));
    assertThat(follow(log, () -> write(log, lines(700, 1001)), () -> {})).isEqualTo(lines(0, 1001));
  }

  @Test
  void aLogThatWasEmptiedIsReadFromItsBeginning() throws IOException {
    Path log = folder.resolve("a.log");
    write(log, lines(0, 1000));
    assertThat(follow(log, () -> write(log, ""), () -> write(log, lines(1000, 1002)), () -> {}))
        .isEqualTo(lines(0, 1002));
  }
}
