package dev.flotilla.node.process;

import dev.flotilla.model.StopPolicy;
import dev.flotilla.node.core.Exit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes by the kernel's own means: {@code posix_spawn}, pidfds and one thread that sees all
 * ends. An ended process is reported only when its whole tree is gone: what is left of a tree that
 * ended by itself is killed, what is left of one that was told to end has until its grace is over.
 */
public final class LinuxProcesses implements Processes {
  private static final Logger LOG = LoggerFactory.getLogger(LinuxProcesses.class);

  private static final int IDLE_WAIT_MILLIS = 5_000;
  private static final long KILLED_WAIT_NANOS = 50_000_000;
  private static final int ERROR_PAUSE_MILLIS = 100;

  private final ProcessTable table;
  private final Spawner spawner;
  private final Exits exits;
  private final Libc.Function kill;
  private final Orphans orphans;
  private final Sweeper sweeper;
  private final Map<Integer, Watched> watched = new ConcurrentHashMap<>();
  private final Map<Long, Watched> byPid = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  public LinuxProcesses(ProcessTable table) {
    this.table = table;
    Libc libc = new Libc();
    spawner = new Spawner(libc);
    exits = new Exits(libc);
    kill = libc.function("kill", 2);
    orphans = new Orphans(libc, table, exits);
    sweeper = new Sweeper(table, this::send, () -> byPid.keySet(), orphans::any);
    thread = Thread.ofPlatform().name("process-ends").daemon(true).start(this::run);
  }

  @Override
  public Handle spawn(ProcessSpec spec, Consumer<Exit> gone) throws SpawnException {
    long pid = spawner.spawn(spec);
    long ticks = table.find(pid).map(ProcessInfo::startTicks).orElse(0L);
    Handle handle = new Handle(pid, ticks);
    try {
      watch(handle, exits.open(pid), spec.run(), true, gone);
    } catch (IOException e) {
      kill.call(pid, Signals.KILL);
      throw new SpawnException(String.valueOf(e.getMessage()), false);
    }
    return handle;
  }

  @Override
  public boolean adopt(Handle process, String run, Consumer<Exit> gone) {
    try {
      int descriptor = exits.open(process.pid());
      if (descriptor < 0) {
        return false;
      }
      boolean same =
          table
              .find(process.pid())
              .filter(info -> info.startTicks() == process.startTicks() && !info.zombie())
              .isPresent();
      if (!same) {
        exits.close(descriptor);
        return false;
      }
      watch(process, descriptor, run, false, gone);
      return true;
    } catch (IOException e) {
      LOG.warn("could not adopt process {}: {}", process.pid(), e.getMessage());
      return false;
    }
  }

  private void watch(Handle process, int descriptor, String run, boolean child, Consumer<Exit> gone)
      throws IOException {
    Watched entry = new Watched(process, run, child, gone);
    watched.put(descriptor, entry);
    byPid.put(process.pid(), entry);
    exits.add(descriptor);
  }

  @Override
  public void terminate(Handle process, StopPolicy policy) {
    Watched entry = byPid.get(process.pid());
    if (entry == null || !entry.process().equals(process)) {
      return;
    }
    int signal = Signals.number(policy.signal()).orElse(15);
    entry.killBy(System.nanoTime() + policy.grace().toNanos(), signal);
    sweeper.remember(entry);
    boolean alive =
        table
            .find(process.pid())
            .filter(info -> info.startTicks() == process.startTicks())
            .isPresent();
    if (alive && !entry.ended()) {
      send(-process.pid(), signal);
      send(-process.pid(), Signals.CONTINUE);
    }
    exits.wake();
  }

  @Override
  public Optional<ProcessInfo> find(long pid) {
    return table.find(pid);
  }

  private void send(long target, int signal) {
    kill.call(target, signal);
  }

  private void run() {
    while (!closed) {
      try {
        List<Integer> ended = exits.await(untilNext());
        if (ended.isEmpty() && sweeper.idle()) {
          orphans.collect(byPid.keySet());
        }
        for (int descriptor : ended) {
          Watched entry = watched.remove(descriptor);
          exits.close(descriptor);
          if (entry != null) {
            entry.end(exits.collect(entry.process().pid()));
            sweeper.add(entry);
          }
        }
        for (Watched entry : watched.values()) {
          if (entry.graceOver(System.nanoTime())) {
            sweeper.remember(entry);
            send(-entry.process().pid(), Signals.KILL);
          }
        }
        for (Watched entry : sweeper.sweep()) {
          byPid.remove(entry.process().pid(), entry);
          entry.report();
        }
      } catch (RuntimeException e) {
        if (!closed) {
          LOG.error("watching processes failed; going on", e);
          pause();
        }
      }
    }
  }

  /** Milliseconds until something is to be looked at that no event tells of. */
  private int untilNext() {
    if (!sweeper.idle()) {
      return sweeper.pauseMillis();
    }
    long now = System.nanoTime();
    long nanos = IDLE_WAIT_MILLIS * 1_000_000L;
    for (Watched entry : watched.values()) {
      nanos =
          Math.min(
              nanos,
              entry.killAt().map(at -> at > now ? at - now : KILLED_WAIT_NANOS).orElse(nanos));
    }
    return (int) (nanos / 1_000_000) + 1;
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(ERROR_PAUSE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    exits.wake();
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    watched.keySet().forEach(exits::close);
    exits.close();
  }
}
