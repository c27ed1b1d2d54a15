package dev.flotilla.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.buffers.DataReader;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnchainedReaderTest {
  @Test
  void whatWasReadHoldsOnToNothingThatIsReadLater() {
    Deque<byte[]> pieces = new ArrayDeque<>(List.of(bytes("first"), bytes("second")));
    WeakReference<byte[]> second = new WeakReference<>(pieces.getLast());
    DataReader reader = new UnchainedReader(pieces::poll);
    reader.skip(4);
    DataReader old = ((UnchainedReader) reader).chain();
    reader.skip(1);

    assertThat(reader.readAsciiString(6)).isEqualTo("second");
    reader = new UnchainedReader(pieces::poll);
    try {
      System.gc();
      assertThat(second.get()).isNull();
    } finally {
      Reference.reachabilityFence(old);
      Reference.reachabilityFence(reader);
    }
  }

  @Test
  void linesAreTheSameHoweverTheyAreCut() {
    String text = "GET / HTTP/1.1\r\nHost: here\r\n\r\n{\"a\": [1, 2]}\r\nPOST /x\r\n";
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      DataReader reader = new UnchainedReader(cut(bytes(text), random)::poll);
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        lines.add(random.nextBoolean() ? reader.readLine() : byteByByte(reader));
      }
      assertThat(lines)
          .as("seed %d", seed)
          .containsExactly("GET / HTTP/1.1", "Host: here", "", "{\"a\": [1, 2]}", "POST /x");
      assertThat(reader.available()).isZero();
    }
  }

  private static String byteByByte(DataReader reader) {
    StringBuilder line = new StringBuilder();
    while (!reader.startsWith(bytes("\r\n"))) {
      line.append((char) reader.read());
    }
    reader.skip(2);
    return line.toString();
  }

  private static Deque<byte[]> cut(byte[] all, Random random) {
    Deque<byte[]> pieces = new ArrayDeque<>();
    for (int start = 0; start < all.length; ) {
      int end = Math.min(all.length, start + 1 + random.nextInt(8));
      pieces.add(Arrays.copyOfRange(all, start, end));
      start = end;
    }
    return pieces;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
