package dev.flotilla.assistant.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people ask to be remembered outlasts a restart, and what they ask to be forgotten is gone.
 */
final class RememberedTest {
  @TempDir private Path state;

  @Test
  void rememberedOverARestartAndForgottenFromTheDisk() throws IOException {
    Path log = state.resolve("door").resolve("remembered.log");
    try (DoorSetup door = new DoorSetup(state, "")) {
      door.chat("auto", "remember that my dog is Rex");
      door.chat("auto", "remember that my cat is Tom");
      door.restart();
      assertThat(DoorSetup.said(door.chat("auto", "what is my dog?"))).contains("Rex");
      assertThat(DoorSetup.said(door.chat("auto", "forget my dog"))).contains("Rex");
      assertThat(DoorSetup.said(door.chat("auto", "what is my dog?"))).startsWith("I do not know");
      assertThat(Files.readString(log)).doesNotContain("Rex").contains("Tom");
      door.restart();
      assertThat(DoorSetup.said(door.chat("auto", "what is my dog?"))).startsWith("I do not know");
      assertThat(DoorSetup.said(door.chat("auto", "what is my cat?"))).contains("Tom");
    }
  }
}
