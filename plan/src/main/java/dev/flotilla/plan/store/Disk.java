package dev.flotilla.plan.store;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The few things a store asks of a file system. What returns without an exception survives kill −9
 * and power loss; what throws has changed nothing that can be seen.
 */
public interface Disk {
  /** The bytes of a file; none when there is no such file. */
  byte[] read(Path file) throws IOException;

  /** Replaces a file as a whole. */
  void replace(Path file, byte[] bytes) throws IOException;

  /** Makes a new file; {@link java.nio.file.FileAlreadyExistsException} when it is there. */
  void create(Path file, byte[] bytes) throws IOException;

  /** Adds to the end, after a line feed where the last line lacks one; gives the size before. */
  long append(Path file, byte[] bytes) throws IOException;

  /** Cuts a file back to an earlier size. */
  void truncate(Path file, long size) throws IOException;

  /** Moves a file to a place where none is. */
  void move(Path from, Path to) throws IOException;

  /** Deletes a file if it exists. */
  void delete(Path file) throws IOException;
}
