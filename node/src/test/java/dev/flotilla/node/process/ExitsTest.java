package dev.flotilla.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExitsTest {
  private static final int LONG = 30_000;

  @Test
  void whatIsClosedIsNotToldOfAgainThoughAChildThatIsBeingStartedHasACopy() throws Exception {
    Libc libc = new Libc();
    Process process = new ProcessBuilder("sleep", "100").start();
    try (Exits exits = new Exits(libc)) {
      int descriptor = exits.open(process.pid());
      exits.add(descriptor);
      int copy = libc.function("dup", 1).call(descriptor).value();
      process.destroyForcibly();
      assertThat(exits.await(LONG)).isEqualTo(List.of(descriptor));
      exits.close(descriptor);
      assertThat(exits.await(0)).isEmpty();
      exits.close(copy);
    }
  }
}
