package dev.flotilla.plan.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.flotilla.plan.PlanRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One writer at a time for each name, among the threads of this process and among processes. A
 * writer waits its turn up to a deadline. Thread-safe; not re-entrant.
 */
final class Locks {
  /** Something done while holding a lock. */
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * By lock file. The kernel gives file locks to a process, and takes them all away when any of its
   * channels to the file is closed: so a process must not open one while it holds a lock.
   */
  private static final ConcurrentHashMap<Path, ReentrantLock> HERE = new ConcurrentHashMap<>();

  private final Path folder;
  private final Duration wait;

  Locks(Path folder, Duration wait) {
    this.folder = folder;
    this.wait = wait;
  }

  <T> T hold(String name, Work<T> work) throws IOException {
    long deadline = System.nanoTime() + wait.toNanos();
    Files.createDirectories(folder);
    Path file = folder.toRealPath().resolve(name + ".lock");
    ReentrantLock lock = HERE.computeIfAbsent(file, f -> new ReentrantLock(true));
    acquire(lock, name);
    try {
      try (FileChannel channel = FileChannel.open(file, CREATE, WRITE);
          FileLock held = acquire(channel, name, deadline)) {
        if (!held.isValid()) {
          throw new IOException("the lock of " + name + " was lost");
        }
        return work.run();
      }
    } finally {
      lock.unlock();
    }
  }

  private void acquire(ReentrantLock lock, String name) {
    try {
      if (!lock.tryLock(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy(name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy(name);
    }
  }

  /** Waits in the kernel's queue, where none starves; a guard ends the wait at the deadline. */
  private FileLock acquire(FileChannel channel, String name, long deadline) throws IOException {
    FileLock free = channel.tryLock();
    if (free != null) {
      return free;
    }
    Thread guard = Thread.ofVirtual().start(() -> closeAt(channel, deadline));
    try {
      FileLock lock = channel.lock();
      guard.interrupt();
      guard.join();
      if (!channel.isOpen()) {
        throw busy(name);
      }
      return lock;
    } catch (ClosedChannelException | FileLockInterruptionException e) {
      throw busy(name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy(name);
    } finally {
      guard.interrupt();
    }
  }

  private static void closeAt(FileChannel channel, long deadline) {
    while (System.nanoTime() < deadline) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      LockSupport.parkNanos(deadline - System.nanoTime());
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PlanRefused busy(String name) {
    return new PlanRefused(
        name,
        "another process has been writing this plan for " + wait.toSeconds() + " s",
        "a free plan",
        "try again; if nothing else runs, look for a stopped process that holds "
            + folder.resolve(name + ".lock"));
  }
}
