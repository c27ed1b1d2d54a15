package dev.flotilla.assistant.door;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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

  /** Asks for a chat, and does not wait for the answer. */
  static void send(Socket client, String body) throws IOException {
    client
        .getOutputStream()
        .write(
            ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body)
                .getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() throws IOException {
    door.close();
    first.close();
    second.close();
  }
}
