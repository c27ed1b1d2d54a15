package dev.flotilla.plan.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A disk that refuses to write one file. */
final class FailingDisk implements Disk {
  private final Disk real = new ForcedDisk();
  private final String reason;
  private final Path refused;

  FailingDisk(String reason, Path refused) {
    this.reason = reason;
    this.refused = refused;
  }

  private void check(Path file) throws FileSystemException {
    if (file.equals(refused)) {
      throw new FileSystemException(file.toString(), null, reason);
    }
  }

  @Override
  public byte[] read(Path file) throws IOException {
    return real.read(file);
  }

  @Override
  public void replace(Path file, byte[] bytes) throws IOException {
    check(file);
    real.replace(file, bytes);
  }

  @Override
  public void create(Path file, byte[] bytes) throws IOException {
    check(file);
    real.create(file, bytes);
  }

  @Override
  public long append(Path file, byte[] bytes) throws IOException {
    check(file);
    return real.append(file, bytes);
  }

  @Override
  public void truncate(Path file, long size) throws IOException {
    real.truncate(file, size);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    check(to);
    real.move(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    real.delete(file);
  }
}
