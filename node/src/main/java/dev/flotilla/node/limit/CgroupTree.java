package dev.flotilla.node.limit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folders of the kernel's cgroups that may be written, one for each thing that can be limited.
 *
 * @param version 1 or 2
 * @param folders the fleet's own folder for each controller; the same one for all in version 2
 */
record CgroupTree(int version, Map<Controller, Path> folders) {

  CgroupTree {
    folders = Map.copyOf(folders);
  }

  /**
   * Looks for folders by trying: version 2 where it has controllers, else version 1.
   *
   * @param mountInfo lines of {@code /proc/self/mountinfo}
   * @param own lines of {@code /proc/self/cgroup}
   * @param name of the folder to make
   */
  static Optional<CgroupTree> find(List<String> mountInfo, List<String> own, String name) {
    return version2(mountInfo, own, name).or(() -> version1(mountInfo, own, name));
  }

  private static Optional<CgroupTree> version2(
      List<String> mountInfo, List<String> own, String name) {
    String path = ownPath(own, "");
    for (Mount mount : mounts(mountInfo, "cgroup2")) {
      Path inside = mount.point().resolve(path.substring(1));
      List<Path> bases = new ArrayList<>(List.of(inside));
      Optional.ofNullable(inside.getParent())
          .filter(parent -> parent.startsWith(mount.point()))
          .ifPresent(bases::add);
      for (Path base : bases) {
        Map<Controller, Path> found = version2(base, name);
        if (!found.isEmpty()) {
          return Optional.of(new CgroupTree(2, found));
        }
      }
    }
    return Optional.empty();
  }

  private static Map<Controller, Path> version2(Path base, String name) {
    Map<Controller, Path> found = new EnumMap<>(Controller.class);
    try {
      List<String> available = words(base.resolve("cgroup.controllers"));
      if (available.isEmpty()) {
        return Map.of();
      }
      Path folder = Files.createDirectories(base.resolve(name));
      for (Controller controller : Controller.values()) {
        if (available.contains(controller.kernelName())) {
          enable(base, controller);
          if (words(folder.resolve("cgroup.controllers")).contains(controller.kernelName())) {
            enable(folder, controller);
            found.put(controller, folder);
          }
        }
      }
    } catch (IOException e) {
      return Map.of();
    }
    return found;
  }

  private static void enable(Path folder, Controller controller) throws IOException {
    Path control = folder.resolve("cgroup.subtree_control");
    if (!words(control).contains(controller.kernelName())) {
      Files.writeString(control, "+" + controller.kernelName());
    }
  }

  private static Optional<CgroupTree> version1(
      List<String> mountInfo, List<String> own, String name) {
    Map<Controller, Path> found = new EnumMap<>(Controller.class);
    for (Mount mount : mounts(mountInfo, "cgroup")) {
      for (Controller controller : Controller.values()) {
        if (mount.options().contains(controller.kernelName())) {
          Path inside = mount.point().resolve(ownPath(own, controller.kernelName()).substring(1));
          for (Path base : List.of(inside, mount.point())) {
            if (!found.containsKey(controller) && made(base, name)) {
              found.put(controller, base.resolve(name));
            }
          }
        }
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(new CgroupTree(1, found));
  }

  private static boolean made(Path base, String name) {
    try {
      return Files.isDirectory(base)
          && Files.isWritable(Files.createDirectories(base.resolve(name)).resolve("cgroup.procs"));
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> words(Path file) throws IOException {
    return Files.exists(file)
        ? Arrays.asList(Files.readString(file).strip().split("\\s+"))
        : List.of();
  }

  /** The path of this process in one hierarchy; version 2 has the empty name. */
  private static String ownPath(List<String> own, String controller) {
    for (String line : own) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3
          && (controller.isEmpty()
              ? parts[1].isEmpty()
              : Arrays.asList(parts[1].split(",", -1)).contains(controller))) {
        return parts[2];
      }
    }
    return "/";
  }

  private record Mount(Path point, List<String> options) {}

  private static List<Mount> mounts(List<String> mountInfo, String type) {
    Map<String, Mount> mounts = new LinkedHashMap<>();
    for (String line : mountInfo) {
      int dash = line.indexOf(" - ");
      String[] left = line.split(" ", 6);
      if (dash > 0 && left.length == 6) {
        String[] right = line.substring(dash + 3).split(" ", 3);
        if (right.length == 3 && right[0].equals(type)) {
          mounts.put(left[4], new Mount(Path.of(left[4]), Arrays.asList(right[2].split(",", -1))));
        }
      }
    }
    return List.copyOf(mounts.values());
  }
}
