package dev.flotilla.node.process;

import dev.flotilla.node.core.Exit;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Sees processes end, children or not, by one kernel event queue over pidfds. {@link #await} is for
 * one thread; the rest is thread-safe.
 */
final class Exits implements AutoCloseable {
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int NON_BLOCKING = 0x800;
  private static final int ADD = 1;
  private static final int REMOVE = 2;
  private static final int READABLE = 1;
  private static final int NO_HANG = 1;
  private static final int EVENTS = 64;

  /** The kernel packs the record of an event on x86-64 and nowhere else. */
  private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");

  private static final int DATA_AT = PACKED ? 4 : 8;
  private static final int EVENT_BYTES = PACKED ? 12 : 16;

  private final Libc.Function syscall;
  private final Libc.Function control;
  private final Libc.Function wait;
  private final Libc.Function collect;
  private final Libc.Function close;
  private final Libc.Function read;
  private final Libc.Function write;
  private final int queue;
  private final int alarm;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment events = arena.allocate((long) EVENT_BYTES * EVENTS, 16);
  private final MemorySegment count = arena.allocateFrom(ValueLayout.JAVA_LONG, 1);

  Exits(Libc libc) {
    syscall = libc.function("syscall", 3);
    control = libc.function("epoll_ctl", 4);
    wait = libc.function("epoll_wait", 4);
    collect = libc.function("waitpid", 3);
    close = libc.function("close", 1);
    Libc.Answer created = libc.function("epoll_create1", 1).call(CLOSE_ON_EXEC);
    if (created.failed()) {
      throw new IllegalStateException("epoll_create1 failed with error " + created.errno());
    }
    queue = created.value();
    read = libc.function("read", 3);
    write = libc.function("write", 3);
    alarm = libc.function("eventfd", 2).call(0, CLOSE_ON_EXEC | NON_BLOCKING).value();
    try {
      add(alarm);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Has {@link #await} return soon. */
  void wake() {
    write.call(alarm, count.address(), Long.BYTES);
  }

  /**
   * Opens a descriptor of a process.
   *
   * @return the descriptor; negative when the process is not there
   */
  int open(long pid) throws IOException {
    Libc.Answer answer = syscall.call(Libc.SYS_PIDFD_OPEN, pid, 0);
    if (answer.failed() && answer.errno() != Libc.ESRCH) {
      throw new IOException(
          "pidfd_open failed with error %d; Flotilla's node needs Linux 5.3 or newer"
              .formatted(answer.errno()));
    }
    return answer.value();
  }

  /** Begins to wait for the end of the process behind a descriptor. */
  void add(int descriptor) throws IOException {
    try (Arena local = Arena.ofConfined()) {
      MemorySegment event = local.allocate(EVENT_BYTES, 16);
      event.set(ValueLayout.JAVA_INT, 0, READABLE);
      event.set(ValueLayout.JAVA_LONG_UNALIGNED, DATA_AT, descriptor);
      Libc.Answer answer = control.call(queue, ADD, descriptor, event.address());
      if (answer.failed()) {
        throw new IOException("epoll_ctl failed with error " + answer.errno());
      }
    }
  }

  /** The descriptors whose processes have ended, after at most the given time or a wake. */
  List<Integer> await(int milliseconds) {
    Libc.Answer answer = wait.call(queue, events.address(), EVENTS, milliseconds);
    if (answer.failed() && answer.errno() != Libc.EINTR) {
      throw new IllegalStateException("epoll_wait failed with error " + answer.errno());
    }
    List<Integer> ended = new ArrayList<>();
    for (int i = 0; i < answer.value(); i++) {
      int descriptor =
          (int) events.get(ValueLayout.JAVA_LONG_UNALIGNED, (long) i * EVENT_BYTES + DATA_AT);
      if (descriptor == alarm) {
        try (Arena local = Arena.ofConfined()) {
          read.call(alarm, local.allocate(ValueLayout.JAVA_LONG).address(), Long.BYTES);
        }
      } else {
        ended.add(descriptor);
      }
    }
    return ended;
  }

  /** Collects the exit of an ended process, if it was our child. */
  Exit collect(long pid) {
    try (Arena local = Arena.ofConfined()) {
      MemorySegment status = local.allocate(ValueLayout.JAVA_INT);
      Libc.Answer answer = collect.call(pid, status.address(), NO_HANG);
      return answer.value() == pid
          ? decode(status.get(ValueLayout.JAVA_INT, 0))
          : new Exit.Unseen();
    }
  }

  static Exit decode(int status) {
    int signal = status & 0x7f;
    return signal == 0 ? new Exit.Code((status >> 8) & 0xff) : new Exit.Signal(signal);
  }

  /**
   * Closes a descriptor and waits for it no more. To close alone is not enough: a process that is
   * just being started has a copy of it for a moment, and as long as that is open the queue goes on
   * to tell of the number, which may be another process's by then.
   */
  void close(int descriptor) {
    control.call(queue, REMOVE, descriptor, 0);
    close.call(descriptor);
  }

  @Override
  public void close() {
    close.call(alarm);
    close.call(queue);
    arena.close();
  }
}
