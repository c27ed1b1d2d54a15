package dev.flotilla.model.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who listens on which TCP port, as Linux shows it under {@code /proc}. On other systems nothing is
 * found. Thread-safe.
 */
public final class ListeningPorts {
  private static final String LISTEN = "0A";

  private final Path proc;

  /**
   * @param proc normally {@code /proc}
   */
  public ListeningPorts(Path proc) {
    this.proc = proc;
  }

  /**
   * The holders of the given ports, sorted by port. A few milliseconds when none is held, tens when
   * the owner must be looked for among all processes.
   */
  public List<PortHolder> holders(Set<Integer> ports) throws IOException {
    Map<String, Integer> portByInode = new HashMap<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      read(proc.resolve(table), ports, portByInode);
    }
    if (portByInode.isEmpty()) {
      return List.of();
    }
    Map<Integer, PortHolder> holders = new HashMap<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        for (String inode : sockets(process, portByInode.keySet())) {
          int port = portByInode.getOrDefault(inode, 0);
          holders.putIfAbsent(port, new PortHolder(port, pid(process), name(process)));
        }
      }
    }
    portByInode
        .values()
        .forEach(port -> holders.putIfAbsent(port, new PortHolder(port, 0, "unknown")));
    List<PortHolder> sorted = new ArrayList<>(holders.values());
    sorted.sort(Comparator.comparingInt(PortHolder::port));
    return sorted;
  }

  private static void read(Path table, Set<Integer> ports, Map<String, Integer> portByInode)
      throws IOException {
    if (!Files.isReadable(table)) {
      return;
    }
    for (String line : Files.readAllLines(table, StandardCharsets.US_ASCII)) {
      String[] columns = line.strip().split("\\s+");
      if (columns.length > 9 && columns[3].equals(LISTEN)) {
        int port = Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16);
        if (ports.contains(port)) {
          portByInode.put(columns[9], port);
        }
      }
    }
  }

  /** Processes end while they are looked at, and those of others cannot be looked into. */
  private static List<String> sockets(Path process, Set<String> inodes) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      for (Path descriptor : descriptors.toList()) {
        String target = target(descriptor);
        if (target.startsWith("socket:[")) {
          String inode = target.substring("socket:[".length(), target.length() - 1);
          if (inodes.contains(inode)) {
            found.add(inode);
          }
        }
      }
    } catch (FileSystemException | UncheckedIOException ended) {
      return List.of();
    }
    return found;
  }

  private static String target(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (FileSystemException closed) {
      return "";
    }
  }

  private static long pid(Path process) {
    return Long.parseLong(String.valueOf(process.getFileName()));
  }

  private static String name(Path process) throws IOException {
    try {
      return Files.readString(process.resolve("comm")).strip();
    } catch (FileSystemException ended) {
      return "unknown";
    }
  }
}
