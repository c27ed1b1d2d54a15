package dev.flotilla.scan.graph;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.Language;
import dev.flotilla.scan.graph.Agents.ConfiguredAgent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the Dockerfiles build, and which agent each is for: by the script it starts, or by the
 * folder that has the agent's name. A base image that another Dockerfile of the repository builds
 * is followed.
 */
public final class Images {
  private static final Pattern PIP = Pattern.compile("\\bpip3?\\s+install\\s+([^&|;]*)");
  private static final Pattern NAME = Pattern.compile("^([A-Za-z0-9][\\w.\\-]*)");
  private static final Pattern SIGN = Pattern.compile("[^a-z0-9]");
  private static final Pattern PORT = Pattern.compile("(?:localhost|127\\.0\\.0\\.1):(\\d{2,5})");

  private Images() {}

  /**
   * An image.
   *
   * @param dockerfile its path
   * @param agents whom it is for; empty when that is not told
   * @param bases the images it stands on, nearest first, the last from outside
   * @param exposed the ports of EXPOSE
   * @param exposedLine where they stand, 0 when there are none
   * @param probed the ports HEALTHCHECK asks
   * @param installed normalised distributions it and its own bases install
   * @param known whether all it installs is known: every requirements file was found
   */
  public record Image(
      String dockerfile,
      List<ConfiguredAgent> agents,
      List<String> bases,
      Set<Integer> exposed,
      int exposedLine,
      Set<Integer> probed,
      Set<String> installed,
      boolean known) {

    /** Whether a base brings CUDA along, by its name. */
    public boolean hasCuda() {
      return bases.stream()
          .anyMatch(b -> b.matches("(?i).*(?:cuda|cu1\\d\\d|nvidia|pytorch|torch|tensorrt|gpu).*"));
    }
  }

  /** The images of a repository, by path. */
  public static List<Image> of(Repository repository) {
    Map<String, FileFacts> own = new HashMap<>();
    List<FileFacts> files = new ArrayList<>();
    for (FileFacts file : repository.files()) {
      if (file.language() == Language.DOCKERFILE && !repository.isBackup(file.path())) {
        files.add(file);
        own.putIfAbsent(plain(folder(file.path())), file);
      }
    }
    return files.stream().map(file -> image(file, repository, own)).toList();
  }

  private static Image image(FileFacts file, Repository repository, Map<String, FileFacts> own) {
    Set<Integer> exposed = new TreeSet<>();
    Set<Integer> probed = new TreeSet<>();
    int line = 0;
    for (Fact fact : file.of(Fact.Kind.DOCKER).toList()) {
      switch (fact.value(0)) {
        case "EXPOSE" -> {
          line = fact.line();
          Matcher number =
              Pattern.compile("\\b(\\d{2,5})(?:/tcp)?(?=\\s|$)").matcher(fact.value(1));
          while (number.find()) {
            exposed.add(Integer.valueOf(number.group(1)));
          }
        }
        case "HEALTHCHECK" -> {
          Matcher port = PORT.matcher(fact.value(1));
          while (port.find()) {
            probed.add(Integer.valueOf(port.group(1)));
          }
        }
        default -> {}
      }
    }
    List<String> bases = new ArrayList<>();
    Set<String> installed = new TreeSet<>();
    boolean known = true;
    Set<String> seen = new LinkedHashSet<>();
    Optional<FileFacts> next = Optional.of(file);
    while (next.isPresent() && seen.add(next.get().path())) {
      known &= installs(next.get(), repository, installed);
      Optional<String> base = base(next.get());
      base.ifPresent(bases::add);
      next = base.map(b -> own.get(plain(imageName(b))));
    }
    return new Image(
        file.path(),
        agents(file, repository),
        bases,
        exposed,
        line,
        probed,
        installed,
        known && !installed.isEmpty());
  }

  /** The image the last stage stands on, stages of the file followed. */
  private static Optional<String> base(FileFacts file) {
    Map<String, String> stages = new HashMap<>();
    String last = "";
    for (Fact fact : file.of(Fact.Kind.DOCKER).filter(f -> f.value(0).equals("FROM")).toList()) {
      String[] words = fact.value(1).replaceAll("--\\S+\\s+", "").split("\\s+", -1);
      last = stages.getOrDefault(words[0].toLowerCase(Locale.ROOT), words[0]);
      if (words.length >= 3) {
        stages.put(words[2].toLowerCase(Locale.ROOT), last);
      }
    }
    return last.isEmpty() ? Optional.empty() : Optional.of(last);
  }

  /** Adds what pip installs; false when a requirements file cannot be found. */
  private static boolean installs(FileFacts file, Repository repository, Set<String> into) {
    boolean known = true;
    List<String> copied = new ArrayList<>();
    for (Fact fact : file.of(Fact.Kind.DOCKER).toList()) {
      if (fact.value(0).equals("COPY") || fact.value(0).equals("ADD")) {
        String[] words = fact.value(1).replaceAll("--\\S+\\s+", "").split("\\s+", -1);
        for (int i = 0; i + 1 < words.length; i++) {
          copied.add(words[i]);
        }
      } else if (fact.value(0).equals("RUN")) {
        Matcher pip = PIP.matcher(fact.value(1));
        while (pip.find()) {
          known &= arguments(pip.group(1), file, copied, repository, into);
        }
      }
    }
    return known;
  }

  private static boolean arguments(
      String text, FileFacts file, List<String> copied, Repository repository, Set<String> into) {
    boolean known = true;
    String[] words = text.strip().split("\\s+", -1);
    for (int i = 0; i < words.length; i++) {
      String word = words[i].replaceAll("[\"']", "");
      if ((word.equals("-r") || word.equals("--requirement")) && i + 1 < words.length) {
        Optional<FileFacts> found = requirements(words[++i], file, copied, repository);
        known &= found.isPresent();
        found.ifPresent(f -> add(f, repository, into, new TreeSet<>()));
      } else if (word.equals("-c") || word.equals("--index-url") || word.equals("-i")) {
        i++;
      } else if (word.equals(".") || word.startsWith("./") || word.equals("-e")) {
        known = false;
      } else if (!word.startsWith("-")) {
        Matcher name = NAME.matcher(word);
        if (name.find()) {
          into.add(normalised(name.group(1)));
        }
      }
    }
    return known;
  }

  private static void add(
      FileFacts file, Repository repository, Set<String> into, Set<String> seen) {
    if (!seen.add(file.path())) {
      return;
    }
    file.of(Fact.Kind.REQUIREMENT).forEach(r -> into.add(r.value(0)));
    file.of(Fact.Kind.REQUIREMENT_INCLUDE)
        .map(i -> repository.file(beside(file.path(), i.value(0))))
        .flatMap(Optional::stream)
        .forEach(f -> add(f, repository, into, seen));
  }

  /** The file that COPY brought under that name. */
  private static Optional<FileFacts> requirements(
      String name, FileFacts file, List<String> copied, Repository repository) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    List<String> candidates = new ArrayList<>();
    for (String source : copied) {
      if (source.endsWith(".txt")) {
        candidates.add(source);
      }
    }
    candidates.sort((a, b) -> Boolean.compare(b.endsWith(last), a.endsWith(last)));
    candidates.add(name);
    for (String candidate : candidates) {
      String path = candidate.replaceFirst("^\\./", "");
      String above = folder(file.path());
      Optional<FileFacts> found = repository.file(path);
      while (found.isEmpty() && !above.isEmpty()) {
        found = repository.file(above + "/" + path);
        above = folder(above);
      }
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static List<ConfiguredAgent> agents(FileFacts file, Repository repository) {
    Set<String> started = new TreeSet<>();
    for (Fact fact : file.of(Fact.Kind.DOCKER).toList()) {
      if (fact.value(0).equals("CMD") || fact.value(0).equals("ENTRYPOINT")) {
        Matcher script = Pattern.compile("([\\w./\\-]+\\.py)").matcher(fact.value(1));
        while (script.find()) {
          String path = script.group(1).replaceFirst("^(?:\\./|/app/|/workspace/)", "");
          String beside = beside(file.path(), path);
          started.add(repository.exists(beside) ? beside : path);
        }
        Matcher module = Pattern.compile("-m[\"',\\s]+([\\w.]+)").matcher(fact.value(1));
        if (module.find()) {
          repository.modules().file(file.path(), module.group(1)).ifPresent(started::add);
        }
      }
    }
    String folder = plain(folder(file.path()));
    String top =
        file.path().indexOf('/') < 0 ? "" : file.path().substring(0, file.path().indexOf('/'));
    boolean machine = isMachine(top, repository);
    List<ConfiguredAgent> result = new ArrayList<>();
    for (ConfiguredAgent agent : repository.agents().inForce()) {
      boolean starts = agent.path().filter(started::contains).isPresent();
      boolean named = started.isEmpty() && !folder.isEmpty() && plain(agent.name()).equals(folder);
      boolean elsewhere = machine && !agent.file().startsWith(top + "/");
      if ((starts || named) && !elsewhere) {
        result.add(agent);
      }
    }
    return result;
  }

  private static boolean isMachine(String top, Repository repository) {
    return repository.agents().inForce().stream().anyMatch(a -> a.file().startsWith(top + "/"));
  }

  private static String imageName(String image) {
    String last = image.substring(image.lastIndexOf('/') + 1);
    return last.replaceAll("[:@].*", "");
  }

  private static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** The last part of a path or name, as people mean it. */
  private static String plain(String text) {
    String last = text.substring(text.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return SIGN.matcher(last).replaceAll("");
  }

  private static String beside(String path, String other) {
    String folder = folder(path);
    return java.nio.file.Path.of(folder.isEmpty() ? other : folder + "/" + other)
        .normalize()
        .toString()
        .replace('\\', '/');
  }

  private static String normalised(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
  }
}
