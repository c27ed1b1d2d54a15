package dev.flotilla.assistant.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.assistant.router.Choice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AmbiguousLogTest {
  private static final Choice UNSURE =
      new Choice("heavy", List.of("cloud"), new Choice.Ambiguous("heavy", "light", 0.6), 0.4);

  @TempDir private Path folder;

  @Test
  void whatTheRouterWasNotSureOfIsKeptForTheOwnerAlone() throws Exception {
    try (AmbiguousLog log = new AmbiguousLog(folder, InstantSource.fixed(Instant.EPOCH))) {
      log.note("req-1", UNSURE, "is it that?");
      log.note("req-2", new Choice("light", List.of("t"), new Choice.Default(), 0.5), "or this?");
      assertThat(AmbiguousLog.read(folder))
          .containsExactly(
              new AmbiguousLog.Line(Instant.EPOCH, "req-1", "heavy", "light", 0.6, "is it that?"));
    }
    assertThat(Files.getPosixFilePermissions(folder.resolve("ambiguous.log")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void theNewestAreKeptHoweverManyThereAre() throws Exception {
    try (AmbiguousLog log = new AmbiguousLog(folder, InstantSource.fixed(Instant.EPOCH))) {
      for (int i = 0; i < 4_500; i++) {
        log.note("req-" + i, UNSURE, "text");
      }
      List<AmbiguousLog.Line> kept = AmbiguousLog.read(folder);
      assertThat(kept).hasSizeBetween(1_000, 2_000);
      assertThat(kept.getLast().request()).isEqualTo("req-4499");
    }
  }

  @Test
  void nothingWasKeptBeforeThereWasADoor() throws Exception {
    assertThat(AmbiguousLog.read(folder.resolve("nowhere"))).isEmpty();
  }
}
