package dev.flotilla.cli.client;

import dev.flotilla.cli.context.CommandFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The words for a folder of Flotilla's own that cannot be written to. */
public final class UnusableFolder {
  private UnusableFolder() {}

  /**
   * @param folder which may be missing
   */
  public static CommandFailure failure(Path folder, IOException e) {
    return CommandFailure.of(
        "the folder " + folder + " cannot be used: " + why(folder, e),
        "a folder that the user " + user() + " may write, with room left",
        "Mend its permissions or make room, or name another folder by FLOTILLA_HOME.");
  }

  private static String why(Path folder, IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "the user " + user() + " may not write " + owned(folder);
      case FileAlreadyExistsException there -> "a file is in its place";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  /** The nearest folder that is there, and whose it is. */
  private static String owned(Path folder) {
    Path there = folder;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      return there + ", which belongs to " + Files.getOwner(there).getName();
    } catch (IOException unreadable) {
      return there.toString();
    }
  }

  private static String user() {
    return System.getProperty("user.name");
  }
}
