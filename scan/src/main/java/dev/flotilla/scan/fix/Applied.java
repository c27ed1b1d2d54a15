package dev.flotilla.scan.fix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fix that was written, and everything needed to take it back: a folder with the originals and
 * {@code changes.json}, which is there before the first file changes.
 *
 * @param folder where the originals are
 */
public record Applied(Path folder) {
  private static final String JOURNAL = "changes.json";

  /** A file that could not be put back, and why. */
  public record Kept(String path, String why) {}

  /**
   * Writes changes: originals first, then each file whole or not at all, then git's index for what
   * moved. Files that changed since the plan was made are refused before anything is touched.
   *
   * @param folder must not exist yet
   * @throws IOException when something cannot be written; what was written by then can be undone
   */
  public static Applied write(Path root, List<Change> changes, Path folder)
      throws IOException, InterruptedException {
    for (Change change : changes) {
      check(root, change);
    }
    Files.createDirectories(folder);
    ObjectNode journal = Json.mapper().createObjectNode();
    journal.put("root", root.toString());
    ArrayNode list = journal.putArray("changes");
    for (Change change : changes) {
      ObjectNode node = list.addObject();
      node.put("path", change.path());
      switch (change) {
        case Change.Edit edit -> {
          Path original = folder.resolve("originals").resolve(edit.path());
          Files.createDirectories(original.getParent());
          Files.copy(root.resolve(edit.path()), original, StandardCopyOption.COPY_ATTRIBUTES);
          node.put("kind", "edit").put("after", edit.after());
        }
        case Change.Move move -> node.put("kind", "move").put("to", move.to());
        case Change.Create create -> node.put("kind", "create").put("after", create.text());
      }
    }
    Json.mapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve(JOURNAL).toFile(), journal);
    List<Change.Move> moves = new ArrayList<>();
    for (Change change : changes) {
      switch (change) {
        case Change.Edit edit -> replace(root.resolve(edit.path()), edit.after());
        case Change.Create create -> {
          Files.createDirectories(root.resolve(create.path()).getParent());
          replace(root.resolve(create.path()), create.text());
        }
        case Change.Move move -> {
          move(root.resolve(move.path()), root.resolve(move.to()));
          moves.add(move);
        }
      }
    }
    GitIndex.move(root, moves);
    return new Applied(folder);
  }

  private static void check(Path root, Change change) throws IOException {
    Path file = root.resolve(change.path());
    if (!file.normalize().startsWith(root.normalize())) {
      throw new IOException(change.path() + " is outside of " + root);
    }
    switch (change) {
      case Change.Edit edit -> {
        if (!Files.readString(file).equals(edit.before())) {
          throw new IOException(edit.path() + " has changed in the meantime");
        }
        if (!Files.isWritable(file)) {
          throw new IOException(edit.path() + " cannot be written");
        }
      }
      case Change.Move move -> {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            || Files.exists(root.resolve(move.to()), LinkOption.NOFOLLOW_LINKS)) {
          throw new IOException(move.path() + " cannot be moved to " + move.to());
        }
      }
      case Change.Create create -> {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          throw new IOException(create.path() + " is there already");
        }
      }
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Whole or not at all, with the rights the file has. */
  private static void replace(Path file, String text) throws IOException {
    Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), ".fix", ".new");
    try {
      Files.writeString(fresh, text);
      boolean posix = fresh.getFileSystem().supportedFileAttributeViews().contains("posix");
      if (posix && Files.exists(file)) {
        Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file));
      } else if (posix) {
        Files.setPosixFilePermissions(
            fresh, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** The latest of the fixes kept in a folder; empty when there is none. */
  public static Optional<Applied> latest(Path fixes) throws IOException {
    if (!Files.isDirectory(fixes)) {
      return Optional.empty();
    }
    try (var folders = Files.list(fixes)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve(JOURNAL)))
          .max((a, b) -> a.getFileName().compareTo(b.getFileName()))
          .map(Applied::new);
    }
  }

  /**
   * Takes the fix back. Files that somebody changed since stay as they are; when there are none the
   * folder goes, else it stays for another try.
   *
   * @return the files that stay
   */
  public List<Kept> undo(Path root) throws IOException, InterruptedException {
    JsonNode journal;
    try {
      journal = Json.mapper().readTree(folder.resolve(JOURNAL).toFile());
    } catch (JsonProcessingException e) {
      throw new IOException(folder.resolve(JOURNAL) + " cannot be read", e);
    }
    List<Kept> kept = new ArrayList<>();
    List<Change.Move> moves = new ArrayList<>();
    for (JsonNode node : journal.path("changes")) {
      String path = node.path("path").asText();
      Path file = root.resolve(path);
      switch (node.path("kind").asText()) {
        case "move" -> {
          Path to = root.resolve(node.path("to").asText());
          if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)
              && !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            move(to, file);
            moves.add(new Change.Move(node.path("to").asText(), path, java.util.Set.of()));
            removeEmpty(to.getParent(), root);
          } else if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            kept.add(new Kept(path, "there is another file at its old place"));
          }
        }
        case "create" -> {
          if (is(file, node)) {
            Files.delete(file);
            removeEmpty(file.getParent(), root);
          } else if (Files.exists(file)) {
            kept.add(new Kept(path, "it was changed since"));
          }
        }
        default -> {
          Path original = folder.resolve("originals").resolve(path);
          if (is(file, node)) {
            replace(file, Files.readString(original));
          } else if (!Files.exists(file) || Files.mismatch(file, original) >= 0) {
            kept.add(new Kept(path, "it was changed since; its original is " + original));
          }
        }
      }
    }
    GitIndex.move(root, moves);
    if (kept.isEmpty()) {
      try (var all = Files.walk(folder)) {
        for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    return kept;
  }

  private static boolean is(Path file, JsonNode node) throws IOException {
    return Files.exists(file)
        && java.util.Arrays.equals(
            Files.readAllBytes(file), node.path("after").asText().getBytes(StandardCharsets.UTF_8));
  }

  private static void removeEmpty(@Nullable Path folder, Path root) throws IOException {
    for (Path at = folder; at != null && !at.equals(root); at = at.getParent()) {
      try (var children = Files.list(at)) {
        if (children.findAny().isPresent()) {
          return;
        }
      }
      Files.delete(at);
    }
  }
}
