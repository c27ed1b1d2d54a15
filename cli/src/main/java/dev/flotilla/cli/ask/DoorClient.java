package dev.flotilla.cli.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.assistant.door.RequestCoordinator;
import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.client.NodeClient;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Launch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The fleet's door, as the commands use it. */
final class DoorClient {
  private static final int CONNECT_MILLIS = 2_000;
  private static final String DATA = "data: ";

  private final int port;
  private final Optional<String> key;
  private final ObjectMapper json;

  private DoorClient(int port, Optional<String> key, ObjectMapper json) {
    this.port = port;
    this.key = key;
    this.json = json;
  }

  /** The door of the fleet that the command speaks of. */
  static DoorClient of(Fleets fleets) {
    NodeClient node = fleets.require();
    Agent door = door(node);
    return new DoorClient(door.port().orElseThrow(DoorClient::noPort), key(fleets), fleets.json());
  }

  /** What the door keeps for the fleet's owner, when it does. */
  private static Optional<String> key(Fleets fleets) {
    Path file = fleets.folders().of(fleets.require().status().fleet()).resolve("door/owner.key");
    try {
      return Files.isReadable(file)
          ? Optional.of(Files.readString(file).strip())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Agent door(NodeClient node) {
    AgentStatus any = node.status().agents().stream().findFirst().orElseThrow(DoorClient::noDoor);
    return node.fleet().agentsOn(any.id().machine()).stream()
        .filter(DoorClient::isDoor)
        .findFirst()
        .orElseThrow(DoorClient::noDoor);
  }

  private static boolean isDoor(Agent agent) {
    return agent.launch() instanceof Launch.Service service
        && service.name().equals(RequestCoordinator.NAME);
  }

  private static CommandFailure noDoor() {
    return CommandFailure.of(
        "no RequestCoordinator on this machine",
        "an agent with service: RequestCoordinator in the manifest",
        "Add it with port: 26002, then flotilla up.");
  }

  private static CommandFailure noPort() {
    return CommandFailure.of(
        "RequestCoordinator without a port", "port: 26002", "Add it, then flotilla up.");
  }

  /**
   * Asks and hands on each piece of the answer as it comes.
   *
   * @param cut gets what ends the answer at once, from any thread
   * @param begun gets the request's id, also when there is no answer
   * @return the request's id
   */
  String chat(
      JsonNode body,
      Map<String, String> headers,
      Consumer<Runnable> cut,
      Consumer<String> begun,
      Consumer<String> piece) {
    try {
      HttpURLConnection connection = open("POST", "/v1/chat/completions");
      cut.accept(connection::disconnect);
      headers.forEach(connection::setRequestProperty);
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(json.writeValueAsBytes(body));
      }
      int status = connection.getResponseCode();
      String id = Optional.ofNullable(connection.getHeaderField("X-Request-Id")).orElse("");
      begun.accept(id);
      if (status >= 400) {
        throw failure(connection);
      }
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith(DATA) && !line.equals(DATA + "[DONE]")) {
            piece(json.readTree(line.substring(DATA.length())), piece);
          }
        }
      }
      return id;
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private static void piece(JsonNode chunk, Consumer<String> piece) {
    if (chunk.hasNonNull("error")) {
      throw CommandFailure.of(
          chunk.path("error").path("message").asText(), "a whole answer", "Ask again.");
    }
    String text = chunk.path("choices").path(0).path("delta").path("content").asText("");
    if (!text.isEmpty()) {
      piece.accept(text);
    }
  }

  /** How a request was answered. */
  JsonNode explain(String id) {
    return get("/requests/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
  }

  JsonNode get(String path) {
    try {
      HttpURLConnection connection = open("GET", path);
      if (connection.getResponseCode() >= 400) {
        throw failure(connection);
      }
      try (InputStream in = connection.getInputStream()) {
        return json.readTree(in);
      }
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** Asks for something to be done. */
  JsonNode send(String method, String path, JsonNode body) {
    try {
      HttpURLConnection connection = open(method, path);
      if (!body.isMissingNode()) {
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
          out.write(json.writeValueAsBytes(body));
        }
      }
      if (connection.getResponseCode() >= 400) {
        throw failure(connection);
      }
      try (InputStream in = connection.getInputStream()) {
        return json.readTree(in);
      }
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private HttpURLConnection open(String method, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + port + path)
                .toURL()
                .openConnection(java.net.Proxy.NO_PROXY);
    connection.setRequestMethod(method);
    connection.setConnectTimeout(CONNECT_MILLIS);
    key.ifPresent(k -> connection.setRequestProperty("Authorization", "Bearer " + k));
    return connection;
  }

  private CommandFailure failure(HttpURLConnection connection) throws IOException {
    InputStream in = connection.getErrorStream();
    JsonNode error = in == null ? json.createObjectNode() : json.readTree(in).path("error");
    return CommandFailure.of(
        error.path("message").asText(error.path("found").asText("an error of the door")),
        error.path("expected").asText("an answer"),
        error.path("advice").asText("See why: flotilla logs RequestCoordinator"));
  }

  private static CommandFailure lost(IOException e) {
    return CommandFailure.of(
        "the door does not answer (" + e.getMessage() + ")",
        "a running RequestCoordinator",
        "See how it is: flotilla status");
  }
}
