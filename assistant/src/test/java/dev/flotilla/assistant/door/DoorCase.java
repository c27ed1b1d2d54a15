package dev.flotilla.assistant.door;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A door before two servers that do what they are told, for each test anew. */
abstract class DoorCase {
  @TempDir Path state;
  final ScriptedUpstream first = new ScriptedUpstream();
  final ScriptedUpstream second = new ScriptedUpstream();
  DoorSetup door;

  /** The router's section of the manifest. */
  abstract String router();

  /** Of RequestCoordinator. */
  String config() {
    return "";
  }

  @BeforeEach
  void open() throws IOException {
    door = new DoorSetup(state, router(), config());
  }

  /** Another door with the same state. */
  void reopen(String router, String config) throws IOException {
    door.close();
    door = new DoorSetup(state, router, config);
  }

  @AfterEach
  void close() throws IOException {
    door.close();
    first.close();
    second.close();
  }
}
