package dev.flotilla.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.cli.context.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The node's local API as requests and answers. {@link HttpURLConnection} because it starts in a
 * tenth of the time {@code java.net.http} takes. Thread-safe.
 */
public final class NodeApi {
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final int port;
  private final String token;
  private final ObjectMapper json;

  public NodeApi(int port, String token, ObjectMapper json) {
    this.port = port;
    this.token = token;
    this.json = json;
  }

  public JsonNode get(String path, Duration patience) {
    return exchange("GET", path, Optional.empty(), patience);
  }

  public JsonNode post(String path, Object body, Duration patience) {
    return exchange("POST", path, Optional.of(body), patience);
  }

  private JsonNode exchange(String method, String path, Optional<Object> body, Duration patience) {
    try {
      HttpURLConnection connection = open(method, path, patience);
      if (body.isPresent()) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (OutputStream out = connection.getOutputStream()) {
          out.write(json.writeValueAsBytes(body.get()));
        }
      }
      int status = connection.getResponseCode();
      if (status >= 400) {
        throw failure(connection, status);
      }
      try (InputStream in = connection.getInputStream()) {
        byte[] answer = in.readAllBytes();
        return answer.length == 0 ? json.createObjectNode() : json.readTree(answer);
      }
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /**
   * Reads the lines of an endless answer until the node ends it or {@code more} says no.
   *
   * @param more gets each line without its end; false stops reading
   */
  public void lines(String path, Predicate<String> more) {
    try {
      HttpURLConnection connection = open("GET", path, Duration.ZERO);
      if (connection.getResponseCode() >= 400) {
        throw failure(connection, connection.getResponseCode());
      }
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
        String line = reader.readLine();
        while (line != null && more.test(line)) {
          line = reader.readLine();
        }
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private HttpURLConnection open(String method, String path, Duration patience) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + port + path)
                .toURL()
                .openConnection(java.net.Proxy.NO_PROXY);
    connection.setRequestMethod(method);
    connection.setRequestProperty("Authorization", "Bearer " + token);
    connection.setConnectTimeout((int) CONNECT.toMillis());
    connection.setReadTimeout((int) patience.toMillis());
    return connection;
  }

  private CommandFailure failure(HttpURLConnection connection, int status) throws IOException {
    InputStream in = connection.getErrorStream();
    JsonNode error = in == null ? json.createObjectNode() : tree(in.readAllBytes()).path("error");
    String found = error.path("found").asText("the node answered with status " + status);
    return CommandFailure.of(
        error.hasNonNull("field") ? error.path("field").asText() + ": " + found : found,
        error.path("expected").asText("an answer"),
        error.path("advice").asText("See what the node logged: flotilla logs --node"));
  }

  private JsonNode tree(byte[] bytes) {
    try {
      return json.readTree(bytes);
    } catch (IOException notJson) {
      return json.createObjectNode();
    }
  }

  private static CommandFailure lost(IOException e) {
    return e instanceof ConnectException
        ? NodeGone.refused()
        : CommandFailure.of(
            "the node does not answer (" + e.getMessage() + ")",
            "an answer in time",
            "See what it logged: flotilla logs --node");
  }
}
