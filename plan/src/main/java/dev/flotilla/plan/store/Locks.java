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
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One writer at a time for each name, among the threads of this process and among processes. A
 * writer waits its turn up to a deadline. Thread-safe; not re-entrant across processes' files.
 */
final class Locks {
  /** Something done while holding a lock. */
  interface Work<T> {
    T run() throws IOException;
  }

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

  private final Path folder;
  private final Duration wait;
  private final ConcurrentHashMap<String, ReentrantLock> local = new ConcurrentHashMap<>();

  Locks(Path folder, Duration wait) {
    this.folder = folder;
    this.wait = wait;
  }

  <T> T hold(String name, Work<T> work) throws IOException {
    long deadline = System.nanoTime() + wait.toNanos();
    ReentrantLock lock = local.computeIfAbsent(name, n -> new ReentrantLock(true));
    acquire(lock, name);
    try {
      Files.createDirectories(folder);
      try (FileChannel channel = FileChannel.open(folder.resolve(name + ".lock"), CREATE, WRITE);
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
    FileLock free = attempt(channel);
    if (free != null) {
      return free;
    }
    Thread guard = Thread.ofVirtual().start(() -> closeAt(channel, deadline));
    try {
      FileLock lock = blocked(channel);
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

  /** Another store of this process is no waiter in the kernel's eyes: for that one, ask again. */
  private static FileLock blocked(FileChannel channel) throws IOException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException e) {
        LockSupport.parkNanos(PAUSE);
      }
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

  private static @Nullable FileLock attempt(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
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
