package dev.flotilla.plan.store;

import dev.flotilla.plan.PlanRefused;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

/** What a user can do about a file system that refuses. */
final class DiskErrors {
  private DiskErrors() {}

  static PlanRefused refusal(String doing, Path file, IOException e) {
    String reason =
        e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason()
            : String.valueOf(e.getMessage());
    String words = reason.toLowerCase(Locale.ROOT);
    String place = file.toString();
    if (e instanceof AccessDeniedException || words.contains("permission")) {
      return new PlanRefused(
          place,
          "no permission while " + doing,
          "a folder this user may write",
          "change its owner or mode, or name another folder with --plans");
    }
    if (words.contains("read-only")) {
      return new PlanRefused(
          place,
          "a read-only file system while " + doing,
          "a folder that can be written",
          "mount it for writing, or name another folder with --plans; nothing was changed");
    }
    if (words.contains("no space") || words.contains("quota") || words.contains("too large")) {
      return new PlanRefused(
          place,
          "a full disk while " + doing + " (" + reason + ")",
          "room for a few kilobytes",
          "free some space and repeat the command; nothing was changed");
    }
    return new PlanRefused(
        place,
        "an error of the disk while " + doing + ": " + reason,
        "a file that can be used",
        "see that the folder exists and repeat the command; nothing was changed");
  }
}
