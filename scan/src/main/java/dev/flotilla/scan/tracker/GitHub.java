package dev.flotilla.scan.tracker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.model.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The issues of one repository on GitHub, by its REST API of 2022-11-28. Waits as the rate limits
 * say, up to a quarter of an hour at a time. Not thread-safe.
 */
public final class GitHub {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 4;
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>;\\s*rel=\"next\"");

  private final HttpClient client;
  private final URI api;
  private final String repository;
  private final String token;
  private final Clock clock;
  private final Pause pause;
  private boolean wrote;

  /**
   * @param api where the API is, without a slash at its end
   * @param repository {@code owner/name}
   * @param token may be empty to read public repositories
   */
  public GitHub(
      HttpClient client, URI api, String repository, String token, Clock clock, Pause pause) {
    this.client = client;
    this.api = api;
    this.repository = repository;
    this.token = token;
    this.clock = clock;
    this.pause = pause;
  }

  /** Every issue with the label, open and closed; pull requests are none. */
  public List<Issue> issues() throws TrackerRefused, InterruptedException {
    List<Issue> issues = new ArrayList<>();
    URI page = at("/issues?state=all&per_page=100&labels=" + Tickets.LABEL);
    while (true) {
      HttpResponse<String> response = send("GET", page, Optional.empty());
      for (JsonNode node : json(response)) {
        if (!node.has("pull_request")) {
          issues.add(issue(node));
        }
      }
      Matcher next = NEXT.matcher(response.headers().firstValue("link").orElse(""));
      if (!next.find()) {
        return issues;
      }
      page = sameHost(URI.create(next.group(1)));
    }
  }

  /** Does one thing and answers with the issue's number. */
  public int perform(Action action) throws TrackerRefused, InterruptedException {
    ObjectNode body = Json.mapper().createObjectNode();
    if (wrote) {
      pause.of(Duration.ofSeconds(1));
    }
    wrote = true;
    return switch (action) {
      case Action.Open open -> {
        body.put("title", open.title()).put("body", open.body());
        open.ticket().labels().forEach(body.putArray("labels")::add);
        yield issue(json(send("POST", at("/issues"), Optional.of(body)))).number();
      }
      case Action.Update update -> {
        body.put("body", update.body());
        if (update.reopen()) {
          body.put("state", "open");
        }
        yield patched(update.number(), body);
      }
      case Action.Close close -> {
        body.put("body", close.body()).put("state", "closed");
        body.put("state_reason", close.twin() > 0 ? "not_planned" : "completed");
        yield patched(close.number(), body);
      }
    };
  }

  private int patched(int number, ObjectNode body) throws TrackerRefused, InterruptedException {
    return issue(json(send("PATCH", at("/issues/" + number), Optional.of(body)))).number();
  }

  /** Makes the labels that are not there yet, so that they have a colour and say what they mean. */
  public void labels(List<String> labels) throws TrackerRefused, InterruptedException {
    for (String label : labels) {
      ObjectNode body = Json.mapper().createObjectNode();
      body.put("name", label).put("color", "5319e7");
      body.put("description", "Followed by flotilla scan");
      HttpResponse<String> response = exchange("POST", at("/labels"), Optional.of(body));
      if (response.statusCode() != 201 && response.statusCode() != 422) {
        throw refused(response, "POST", at("/labels"));
      }
    }
  }

  private URI at(String path) {
    return URI.create(api + "/repos/" + repository + path);
  }

  /** The token is sent nowhere else. */
  private URI sameHost(URI uri) throws TrackerRefused {
    if (!String.valueOf(uri.getAuthority()).equals(api.getAuthority())) {
      throw new TrackerRefused(
          "the next page is at " + uri.getAuthority(),
          "a page of " + api.getAuthority(),
          "Check GITHUB_API_URL");
    }
    return uri;
  }

  private HttpResponse<String> send(String method, URI uri, Optional<ObjectNode> body)
      throws TrackerRefused, InterruptedException {
    HttpResponse<String> response = exchange(method, uri, body);
    if (response.statusCode() / 100 != 2) {
      throw refused(response, method, uri);
    }
    return response;
  }

  /** Asks, again when the limits or a failing server say so; a lost answer to a POST is final. */
  private HttpResponse<String> exchange(String method, URI uri, Optional<ObjectNode> body)
      throws TrackerRefused, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28")
            .header("User-Agent", "flotilla-scan");
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    request.method(
        method,
        body.map(b -> HttpRequest.BodyPublishers.ofString(b.toString()))
            .orElse(HttpRequest.BodyPublishers.noBody()));
    boolean repeatable = !method.equals("POST");
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<String> response =
            client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        Optional<Duration> wait = RateLimit.wait(response, clock.instant(), attempt);
        if (wait.isEmpty() && repeatable && response.statusCode() >= 500) {
          wait = Optional.of(Duration.ofSeconds(1L << attempt));
        }
        if (wait.isEmpty() || attempt == ATTEMPTS) {
          return response;
        }
        if (wait.get().compareTo(LONGEST_WAIT) > 0) {
          throw new TrackerRefused(
              "GitHub's rate limit is used up for " + wait.get().toMinutes() + " minutes",
              "requests that are left",
              "Start it again then; what is done stays done");
        }
        pause.of(wait.get());
      } catch (IOException e) {
        if (!repeatable || attempt == ATTEMPTS) {
          throw new TrackerRefused(
              uri.getAuthority() + " did not answer (" + e.getClass().getSimpleName() + ")",
              "an answer within " + PATIENCE.toSeconds() + " s",
              "Start it again; what is done stays done");
        }
        pause.of(Duration.ofSeconds(1L << attempt));
      }
    }
  }

  private TrackerRefused refused(HttpResponse<String> response, String method, URI uri) {
    String said = "";
    try {
      said = Json.mapper().readTree(response.body()).path("message").asText("");
    } catch (JsonProcessingException e) {
      said = "no JSON";
    }
    String advice =
        switch (response.statusCode()) {
          case 401 -> "Set GITHUB_TOKEN to a token that is valid";
          case 403, 404 ->
              token.isEmpty()
                  ? "Set GITHUB_TOKEN to a token that may write issues of " + repository
                  : "Check the repository's name, and that the token may write its issues";
          case 410 -> "Turn issues on in the repository's settings";
          default -> "Start it again; what is done stays done";
        };
    return new TrackerRefused(
        method + " " + uri.getPath() + " answered " + response.statusCode() + " " + said,
        "an answer that says yes",
        advice);
  }

  private static JsonNode json(HttpResponse<String> response) throws TrackerRefused {
    try {
      return Json.mapper().readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new TrackerRefused(
          "the answer is no JSON", "what GitHub's API answers", "Check GITHUB_API_URL");
    }
  }

  private static Issue issue(JsonNode node) {
    return new Issue(
        node.path("number").asInt(),
        node.path("title").asText(""),
        node.path("state").asText("").equals("open"),
        node.path("body").asText(""));
  }
}
