package dev.flotilla.cli.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.model.Json;
import dev.flotilla.scan.inventory.GitHistory;
import dev.flotilla.scan.tracker.Action;
import dev.flotilla.scan.tracker.GitHub;
import dev.flotilla.scan.tracker.Sync;
import dev.flotilla.scan.tracker.Ticket;
import dev.flotilla.scan.tracker.TrackerRefused;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Findings as issues: the options, and what they do. Filled by picocli. */
final class IssueOptions {
  private static final String REPOSITORY = "[\\w.-]+/[\\w.-]+";

  @Option(
      names = "--issues",
      paramLabel = "TRACKER",
      description = "Keep one issue for each: github. Shown only, unless --write is given.")
  private @Nullable String tracker;

  @Option(
      names = "--repo",
      paramLabel = "OWNER/NAME",
      description = "Where; without it $GITHUB_REPOSITORY, else the git remote origin.")
  private @Nullable String repository;

  @Option(names = "--write", description = "Open, update and close the issues.")
  private boolean write;

  @Option(
      names = "--most",
      paramLabel = "N",
      description = "Open at most N new issues in this run.")
  private int most = Integer.MAX_VALUE;

  /** Whether issues are asked for. */
  boolean wanted() {
    if (tracker != null) {
      Chosen.of(
          "--issues",
          List.of(tracker),
          List.of("github"),
          word -> word.equals("github") ? Optional.of(word) : Optional.empty());
    } else if (write || repository != null) {
      throw CommandFailure.usage(
          (write ? "--write" : "--repo") + " without --issues", "a tracker", "Add --issues github");
    }
    return tracker != null;
  }

  /** Compares with the tracker and does what is to be done. */
  int run(Context context, Path root, String kind, List<Ticket> tickets) {
    String name = repository(context, root);
    Map<String, String> environment = context.environment();
    String token =
        environment.getOrDefault("GITHUB_TOKEN", environment.getOrDefault("GH_TOKEN", ""));
    if (write && token.isEmpty()) {
      throw CommandFailure.usage(
          "no token",
          "GITHUB_TOKEN in the environment, which may write the issues of " + name,
          "Export it, or leave --write out to see what would be done");
    }
    URI api =
        URI.create(
            environment
                .getOrDefault("GITHUB_API_URL", "https://api.github.com")
                .replaceAll("/+$", ""));
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build()) {
      GitHub github =
          new GitHub(client, api, name, token, Clock.systemUTC(), pause -> waited(context, pause));
      Sync sync = Sync.of(kind, tickets, github.issues());
      return write ? written(context, name, sync, github) : shown(context, name, sync);
    } catch (TrackerRefused e) {
      throw CommandFailure.of(e.found(), e.expected(), e.advice());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.of(
          "the run was interrupted", "time to finish", "Start it again; what is done stays done");
    }
  }

  private static void waited(Context context, Duration pause) throws InterruptedException {
    if (pause.compareTo(Duration.ofSeconds(5)) >= 0) {
      context.plainScreen().err().println("GitHub asks to wait " + pause.toSeconds() + " s.");
    }
    Thread.sleep(pause);
  }

  private int shown(Context context, String name, Sync sync) {
    answer(context, name, sync, limited(sync), List.of());
    return ExitCode.OK;
  }

  private int written(Context context, String name, Sync sync, GitHub github)
      throws InterruptedException {
    List<Action> todo = limited(sync);
    List<Integer> numbers = new java.util.ArrayList<>();
    try {
      TreeSet<String> labels = new TreeSet<>();
      for (Action action : todo) {
        if (action instanceof Action.Open open) {
          labels.addAll(open.ticket().labels());
        }
      }
      github.labels(List.copyOf(labels));
      for (Action action : todo) {
        numbers.add(github.perform(action));
      }
    } catch (TrackerRefused e) {
      answer(context, name, sync, todo.subList(0, numbers.size()), numbers);
      int left = todo.size() - numbers.size();
      throw CommandFailure.of(e.found() + "; " + left + " are not done", e.expected(), e.advice());
    }
    answer(context, name, sync, todo, numbers);
    return ExitCode.OK;
  }

  private List<Action> limited(Sync sync) {
    List<Action> result = new java.util.ArrayList<>();
    int opened = 0;
    for (Action action : sync.actions()) {
      if (!(action instanceof Action.Open) || opened++ < most) {
        result.add(action);
      }
    }
    return result;
  }

  private void answer(
      Context context, String name, Sync sync, List<Action> actions, List<Integer> numbers) {
    if (context.options().json()) {
      context.printJson(json(name, sync, actions, numbers));
      return;
    }
    for (int i = 0; i < actions.size(); i++) {
      int number = i < numbers.size() ? numbers.get(i) : 0;
      context.screen().line(line(actions.get(i), number));
    }
    int later = sync.actions().size() - limited(sync).size();
    context
        .screen()
        .line(
            (actions.isEmpty() ? "Nothing to do" : actions.size() + (write ? " done" : " to do"))
                + " in "
                + name
                + ", "
                + sync.same()
                + " as they should be"
                + (sync.byHand() > 0 ? ", " + sync.byHand() + " closed by hand" : "")
                + (later > 0 ? ", " + later + " for later" : "")
                + ".");
    if (!write && !actions.isEmpty()) {
      context.screen().line("Nothing was written; --write does it.");
    }
  }

  private static String line(Action action, int number) {
    return switch (action) {
      case Action.Open open -> "open   " + (number > 0 ? "#" + number + " " : "") + open.title();
      case Action.Update update ->
          (update.reopen() ? "reopen" : "update") + " #" + update.number() + " " + update.title();
      case Action.Close close ->
          "close  #"
              + close.number()
              + " "
              + close.title()
              + (close.twin() > 0 ? " (says the same as #" + close.twin() + ")" : "");
    };
  }

  private ObjectNode json(String name, Sync sync, List<Action> actions, List<Integer> numbers) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("repository", name).put("written", write);
    ArrayNode list = root.putArray("actions");
    for (int i = 0; i < actions.size(); i++) {
      Action action = actions.get(i);
      ObjectNode node = list.addObject();
      switch (action) {
        case Action.Open _ -> {
          node.put("do", "open");
          if (i < numbers.size()) {
            node.put("number", numbers.get(i));
          }
        }
        case Action.Update update ->
            node.put("do", update.reopen() ? "reopen" : "update").put("number", update.number());
        case Action.Close close -> node.put("do", "close").put("number", close.number());
      }
      node.put("title", action.title());
    }
    root.put("same", sync.same()).put("closedByHand", sync.byHand());
    return root;
  }

  private String repository(Context context, Path root) {
    String name = repository;
    if (name == null) {
      name = context.environment().getOrDefault("GITHUB_REPOSITORY", "");
    }
    if (name.isEmpty()) {
      name = origin(root);
    }
    if (!name.matches(REPOSITORY)) {
      throw CommandFailure.usage(
          name.isEmpty() ? "no repository on GitHub" : "--repo " + name,
          "OWNER/NAME",
          "Name it: --repo OWNER/NAME");
    }
    return name;
  }

  private static String origin(Path root) {
    try {
      return GitHistory.remote(root)
          .map(url -> url.replaceAll("^.*github[^/:]*[/:]", "").replaceAll("(?:\\.git)?/?$", ""))
          .orElse("");
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
