package dev.flotilla.plan.store;

import dev.flotilla.model.shape.Nearest;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.PlanIds;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.markdown.PlanReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the plan a person means by the few letters they typed. */
final class PlanNames {
  private static final int FRONT_MATTER = 4096;

  private PlanNames() {}

  static String find(Layout layout, String words) {
    String wanted = words.strip();
    if (!wanted.isEmpty()) {
      String exact = PlanIds.file(wanted);
      if (Files.exists(layout.plan(exact))) {
        return exact;
      }
    }
    List<String> files = files(layout);
    List<String> found = matching(files, wanted);
    if (found.isEmpty()) {
      found = files.stream().filter(file -> statedId(layout, file).equals(wanted)).toList();
    }
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.isEmpty()) {
      throw unknown(layout, wanted);
    }
    throw new PlanRefused(
        layout.folder().toString(),
        "“"
            + wanted
            + "” is the beginning or end of "
            + found.size()
            + " plans: "
            + String.join(", ", found.subList(0, Math.min(5, found.size()))),
        "one plan",
        "type more letters of the id");
  }

  private static List<String> matching(List<String> files, String wanted) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    String low = wanted.toLowerCase(Locale.ROOT);
    List<String> found =
        files.stream().filter(file -> file.toLowerCase(Locale.ROOT).startsWith(low)).toList();
    return found.isEmpty() && low.length() >= 3
        ? files.stream().filter(file -> file.toLowerCase(Locale.ROOT).endsWith(low)).toList()
        : found;
  }

  private static String statedId(Layout layout, String file) {
    try (var in = Files.newInputStream(layout.plan(file))) {
      Plan head = PlanReader.read(file, in.readNBytes(FRONT_MATTER));
      return head.id();
    } catch (IOException e) {
      return file;
    }
  }

  static PlanRefused unknown(Layout layout, String wanted) {
    List<String> near =
        files(layout).stream()
            .sorted(Comparator.comparingInt(file -> Nearest.distance(file, wanted)))
            .limit(1)
            .toList();
    return new PlanRefused(
        layout.folder().toString(),
        "no plan with the id “" + wanted + "”",
        near.isEmpty() ? "a plan; there are none here yet" : "an id such as " + near.getFirst(),
        near.isEmpty()
            ? "make one with flotilla plan new, or name the folder with --plans"
            : "see flotilla plan list");
  }

  static List<String> files(Layout layout) {
    List<String> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(layout.folder(), "*" + Layout.PLAN)) {
      for (Path path : all) {
        String name = path.getFileName().toString();
        if (!name.startsWith(".")) {
          files.add(name.substring(0, name.length() - Layout.PLAN.length()));
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw DiskErrors.refusal("reading", layout.folder(), e);
    }
    files.sort(Comparator.naturalOrder());
    return files;
  }
}
