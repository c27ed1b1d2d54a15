package dev.flotilla.assistant.door;

import dev.flotilla.assistant.router.Policy;
import dev.flotilla.assistant.router.TaskClass;
import dev.flotilla.assistant.upstream.Anthropic;
import dev.flotilla.assistant.upstream.BuiltIn;
import dev.flotilla.assistant.upstream.OpenAi;
import dev.flotilla.assistant.upstream.PooledModel;
import dev.flotilla.assistant.upstream.Server;
import dev.flotilla.assistant.upstream.Upstream;
import dev.flotilla.assistant.upstream.UpstreamException;
import dev.flotilla.kernel.http.Outbound;
import dev.flotilla.kernel.operation.Calls;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Router;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the routing table of a manifest. */
final class TableMaker {
  private static final String STANDARD = "all";
  private static final double CONFIDENCE = 0.75;
  private static final String ANTHROPIC = "anthropic";
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final Outbound outbound;
  private final BuiltIn builtIn;
  private final Map<String, String> environment;
  private final Calls calls;
  private final InstantSource time;

  /**
   * @param environment where keys of servers are; never logged
   */
  TableMaker(
      Outbound outbound,
      BuiltIn builtIn,
      Map<String, String> environment,
      Calls calls,
      InstantSource time) {
    this.calls = calls;
    this.time = time;
    this.outbound = outbound;
    this.builtIn = builtIn;
    this.environment = environment;
  }

  RoutingTable table(Fleet fleet) {
    Map<String, RoutingTable.Leaf> leaves = new LinkedHashMap<>();
    Map<String, Router.Target> spread = new LinkedHashMap<>();
    leaves.put(
        Router.BUILT_IN, new RoutingTable.Leaf(Router.BUILT_IN, builtIn, false, 0, 0, false));
    fleet
        .models()
        .values()
        .forEach(
            model -> leaves.put(model.name(), pooled(model.name(), model.name(), 0, 0, SILENCE)));
    fleet
        .router()
        .ifPresent(
            router ->
                router
                    .targets()
                    .forEach(
                        (name, target) -> {
                          if (target.pool().isPresent()) {
                            leaves.put(
                                name,
                                pooled(
                                    name,
                                    target.pool().get(),
                                    target.inputPrice(),
                                    target.outputPrice(),
                                    target.silence()));
                          } else if (target.url().isPresent()) {
                            leaves.put(name, leaf(name, target, server(target)));
                          } else {
                            spread.put(name, target);
                          }
                        }));
    Policy policy = fleet.router().map(Policy::of).orElseGet(() -> standard(fleet));
    return new RoutingTable(policy, leaves, spread, fleet.router().flatMap(Router::judge));
  }

  private static RoutingTable.Leaf leaf(String name, Router.Target target, Upstream upstream) {
    return new RoutingTable.Leaf(
        name,
        upstream,
        target.model().isEmpty(),
        target.inputPrice(),
        target.outputPrice(),
        target.resume());
  }

  private RoutingTable.Leaf pooled(
      String name, String model, double inputPrice, double outputPrice, Duration silence) {
    Upstream upstream = new PooledModel(model, RequestCoordinator.NAME, calls, outbound, silence);
    return new RoutingTable.Leaf(name, upstream, false, inputPrice, outputPrice, false);
  }

  private Upstream server(Router.Target target) {
    Map<String, String> headers = new LinkedHashMap<>();
    try {
      Optional<String> key = key(target);
      if (target.api().equals(ANTHROPIC)) {
        headers.put("anthropic-version", "2023-06-01");
        key.ifPresent(k -> headers.put("x-api-key", k));
      } else {
        key.ifPresent(k -> headers.put("Authorization", "Bearer " + k));
      }
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      return call -> {
        throw UpstreamException.unable(why);
      };
    }
    URI url = URI.create(target.url().orElse("").replaceFirst("/+$", ""));
    Server server = new Server(outbound, url, headers, target.silence());
    return target.api().equals(ANTHROPIC)
        ? new Anthropic(server, target.model(), time)
        : new OpenAi(server, target.model());
  }

  private Optional<String> key(Router.Target target) throws IOException {
    if (target.keyEnv().isPresent()) {
      String key = environment.getOrDefault(target.keyEnv().get(), "");
      if (key.isBlank()) {
        throw new IOException(
            "its key is missing: the variable " + target.keyEnv().get() + " is not set");
      }
      return Optional.of(key.strip());
    }
    if (target.keyFile().isPresent()) {
      try {
        return Optional.of(Files.readString(Path.of(target.keyFile().get())).strip());
      } catch (IOException e) {
        throw new IOException(
            "its key is missing: the file " + target.keyFile().get() + " cannot be read", e);
      }
    }
    return Optional.empty();
  }

  /** The built-in engine first, then whatever chat models the fleet has. */
  private static Policy standard(Fleet fleet) {
    List<String> targets = new ArrayList<>(List.of(Router.BUILT_IN));
    fleet.models().values().stream()
        .filter(model -> model.kind().equals("chat"))
        .forEach(model -> targets.add(model.name()));
    TaskClass all =
        new TaskClass(
            STANDARD,
            List.of(),
            List.of(),
            targets,
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Policy(List.of(all), STANDARD, CONFIDENCE);
  }
}
