package dev.flotilla.scan.graph;

import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.Language;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which file a module name means. As scripts of a monorepo change {@code sys.path}, a name is
 * looked for at the root, beside the importing file and in each folder above it.
 */
public final class Modules {
  private final Set<String> paths = new HashSet<>();
  private final Set<String> folders = new HashSet<>();
  private final Map<String, Map<String, Optional<String>>> found = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Boolean>> own = new ConcurrentHashMap<>();

  Modules(List<FileFacts> files) {
    for (FileFacts file : files) {
      if (file.language() == Language.PYTHON && file.path().endsWith(".py")) {
        paths.add(file.path());
        String folder = file.path();
        while (folder.indexOf('/') >= 0) {
          folder = folder.substring(0, folder.lastIndexOf('/'));
          folders.add(folder);
        }
      }
    }
  }

  /**
   * The file of a module.
   *
   * @param from the importing file
   * @param module dotted, with leading dots when relative
   */
  public Optional<String> file(String from, String module) {
    return found
        .computeIfAbsent(folder(from), _ -> new ConcurrentHashMap<>())
        .computeIfAbsent(module, _ -> search(from, module));
  }

  private Optional<String> search(String from, String module) {
    if (module.startsWith(".")) {
      return relative(from, module);
    }
    String path = module.replace('.', '/');
    String folder = from;
    Optional<String> root = at(path);
    if (root.isPresent()) {
      return root;
    }
    while (folder.indexOf('/') >= 0) {
      folder = folder.substring(0, folder.lastIndexOf('/'));
      Optional<String> found = at(folder + "/" + path);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Whether the name's first part is a folder or module of this repository. */
  public boolean isOwn(String from, String module) {
    if (module.startsWith(".")) {
      return true;
    }
    String first = module.indexOf('.') < 0 ? module : module.substring(0, module.indexOf('.'));
    return own.computeIfAbsent(folder(from), _ -> new ConcurrentHashMap<>())
        .computeIfAbsent(first, _ -> searchOwn(from, first));
  }

  private boolean searchOwn(String from, String first) {
    if (folders.contains(first) || file(from, first).isPresent()) {
      return true;
    }
    String folder = from;
    while (folder.indexOf('/') >= 0) {
      folder = folder.substring(0, folder.lastIndexOf('/'));
      if (folders.contains(folder + "/" + first)) {
        return true;
      }
    }
    return false;
  }

  private static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private Optional<String> relative(String from, String module) {
    int dots = 0;
    while (dots < module.length() && module.charAt(dots) == '.') {
      dots++;
    }
    String folder = from;
    for (int i = 0; i < dots; i++) {
      int slash = folder.lastIndexOf('/');
      if (slash < 0 && i < dots - 1) {
        return Optional.empty();
      }
      folder = slash < 0 ? "" : folder.substring(0, slash);
    }
    String rest = module.substring(dots).replace('.', '/');
    String path = folder.isEmpty() ? rest : rest.isEmpty() ? folder : folder + "/" + rest;
    return at(path);
  }

  private Optional<String> at(String path) {
    if (paths.contains(path + ".py")) {
      return Optional.of(path + ".py");
    }
    String packaged = path.isEmpty() ? "__init__.py" : path + "/__init__.py";
    return paths.contains(packaged) ? Optional.of(packaged) : Optional.empty();
  }
}
