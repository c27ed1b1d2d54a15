package dev.flotilla.scan.checks;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.graph.Agents.ConfiguredAgent;
import dev.flotilla.scan.graph.Images;
import dev.flotilla.scan.graph.Images.Image;
import dev.flotilla.scan.graph.Repository;
import dev.flotilla.scan.rules.Confidence;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** An agent's image against its configuration and code: ports, packages, graphics card. */
final class ImageChecks {
  private final Repository repository;
  private final List<Finding> findings = new ArrayList<>();

  private ImageChecks(Repository repository) {
    this.repository = repository;
  }

  static List<Finding> of(Repository repository) {
    ImageChecks checks = new ImageChecks(repository);
    List<Image> images = Images.of(repository);
    for (Image image : images) {
      for (ConfiguredAgent agent : image.agents()) {
        checks.ports(image, agent);
        checks.packages(image, agent);
      }
    }
    checks.cards(images);
    return checks.findings;
  }

  private void ports(Image image, ConfiguredAgent agent) {
    if (agent.port() > 0 && !image.exposed().isEmpty() && !image.exposed().contains(agent.port())) {
      add(
          Rule.PORT_DRIFT,
          image,
          image.exposedLine(),
          "exposes "
              + numbers(image.exposed())
              + " but "
              + who(agent)
              + " has port "
              + agent.port());
    }
    if (agent.healthPort() > 0
        && !image.probed().isEmpty()
        && !image.probed().contains(agent.healthPort())
        && !image.probed().contains(agent.port())) {
      add(
          Rule.PORT_DRIFT,
          image,
          0,
          "asks port "
              + numbers(image.probed())
              + " for health but "
              + who(agent)
              + " has health port "
              + agent.healthPort());
    }
  }

  /** What the script and all it imports when it starts need, against what the image installs. */
  private void packages(Image image, ConfiguredAgent agent) {
    if (!image.known() || agent.path().isEmpty()) {
      return;
    }
    Map<String, ThirdParty.Use> needed = new TreeMap<>();
    for (String file : atStart(agent.path().get())) {
      repository
          .file(file)
          .ifPresent(f -> ThirdParty.atStart(f, repository).forEach(needed::putIfAbsent));
    }
    List<String> missing = new ArrayList<>();
    needed.forEach(
        (name, use) -> {
          boolean torch = name.equals("torch") && image.hasCuda();
          if (!torch
              && image.installed().stream().noneMatch(i -> Distributions.provides(i, name))) {
            missing.add(name + " (" + use.file() + ":" + use.line() + ")");
          }
        });
    if (!missing.isEmpty()) {
      int more = missing.size() - 3;
      add(
          Rule.IMAGE_REQUIREMENT,
          image,
          0,
          "does not install what "
              + who(agent)
              + " imports: "
              + String.join(", ", missing.subList(0, Math.min(3, missing.size())))
              + (more > 0 ? " and " + more + " more" : ""));
    }
  }

  private Set<String> atStart(String file) {
    Set<String> seen = new TreeSet<>();
    List<String> open = new ArrayList<>(List.of(file));
    while (!open.isEmpty()) {
      String next = open.removeLast();
      if (seen.add(next)) {
        open.addAll(repository.imports().atStart(next));
      }
    }
    return seen;
  }

  private void cards(List<Image> images) {
    for (Image image : images) {
      for (ConfiguredAgent agent : image.agents()) {
        boolean told = image.bases().stream().noneMatch(base -> base.contains("$"));
        if (usesCard(agent) && !image.hasCuda() && image.known() && told) {
          add(
              Rule.GPU_DRIFT,
              image,
              0,
              who(agent) + " uses CUDA, and its image stands on " + image.bases().getLast());
        }
      }
    }
    for (FileFacts file : repository.files()) {
      Set<String> reserved = new TreeSet<>();
      file.of(Fact.Kind.COMPOSE_GPU).forEach(f -> reserved.add(f.value(0)));
      file.of(Fact.Kind.COMPOSE_SERVICE).forEach(s -> service(file, s, reserved, images));
    }
  }

  private void service(FileFacts file, Fact service, Set<String> reserved, List<Image> images) {
    if (service.value(2).isEmpty()) {
      return;
    }
    String folder = file.path().indexOf('/') < 0 ? "" : file.path().replaceFirst("/[^/]*$", "");
    String dockerfile = Path.of(folder, service.value(3), service.value(2)).normalize().toString();
    for (Image image : images) {
      if (!image.dockerfile().equals(dockerfile.replace('\\', '/')) || image.agents().isEmpty()) {
        continue;
      }
      boolean uses = image.agents().stream().anyMatch(this::usesCard);
      String name = service.value(0);
      if (uses && !reserved.contains(name)) {
        gpu(file, service, name + " uses CUDA and reserves no card");
      } else if (reserved.contains(name) && image.agents().stream().allMatch(this::neverUsesCard)) {
        gpu(file, service, name + " reserves a card its code never uses");
      }
    }
  }

  private void gpu(FileFacts file, Fact service, String message) {
    findings.add(
        Finding.of(Rule.GPU_DRIFT, Confidence.INFERRED, file.path(), service.line(), message));
  }

  private boolean neverUsesCard(ConfiguredAgent agent) {
    return agent.path().isPresent()
        && repository.imports().closure(agent.path().get()).stream()
            .flatMap(path -> repository.file(path).stream())
            .noneMatch(f -> f.has(Fact.Kind.GPU));
  }

  /** By its own script; what shared modules could do counts for nothing. */
  private boolean usesCard(ConfiguredAgent agent) {
    return agent.path().flatMap(repository::file).filter(f -> f.has(Fact.Kind.GPU)).isPresent();
  }

  private static String who(ConfiguredAgent agent) {
    return agent.name() + "@" + agent.machine();
  }

  private static String numbers(Set<Integer> ports) {
    return String.join(", ", ports.stream().map(String::valueOf).toList());
  }

  private void add(Rule rule, Image image, int line, String message) {
    findings.add(Finding.of(rule, Confidence.INFERRED, image.dockerfile(), line, message));
  }
}
