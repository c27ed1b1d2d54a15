package dev.flotilla.hub.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BroadcastTest {
  private final Broadcast<String> broadcast = new Broadcast<>(2, 2);

  @Test
  void everyReaderGetsEverythingSentSinceItJoined() throws Exception {
    broadcast.send("before");
    try (var reader = broadcast.join().orElseThrow();
        var other = broadcast.join().orElseThrow()) {
      broadcast.send("one");
      assertThat(reader.next(Duration.ZERO)).contains("one");
      assertThat(other.next(Duration.ZERO)).contains("one");
      assertThat(reader.next(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void aReaderThatDoesNotReadIsCutOffAndHoldsUpNobody() throws Exception {
    try (var slow = broadcast.join().orElseThrow();
        var quick = broadcast.join().orElseThrow()) {
      for (int i = 0; i < 10; i++) {
        broadcast.send("n" + i);
        assertThat(quick.next(Duration.ZERO)).contains("n" + i);
      }
      assertThat(slow.open()).isFalse();
      assertThat(quick.open()).isTrue();
    }
  }

  @Test
  void takesNoMoreThanItsNumberOfReaders() throws Exception {
    var first = broadcast.join().orElseThrow();
    try (var second = broadcast.join().orElseThrow()) {
      assertThat(second.open()).isTrue();
      assertThat(broadcast.join()).isEmpty();
      first.close();
      assertThat(broadcast.readers()).isEqualTo(1);
    }
  }

  @Test
  void closingItEndsItsReaders() throws Exception {
    try (var reader = broadcast.join().orElseThrow()) {
      broadcast.close();
      assertThat(reader.next(Duration.ofSeconds(30))).isEmpty();
      assertThat(reader.open()).isFalse();
    }
  }
}
