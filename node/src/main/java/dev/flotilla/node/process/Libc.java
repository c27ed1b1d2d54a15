package dev.flotilla.node.process;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The functions of the C library that Java has no door to. Every argument is passed as a 64-bit
 * integer, which the calling conventions of Linux pass in the same registers as pointers and
 * shorter integers; that keeps the number of call shapes, each of which costs start-up time, small.
 * Thread-safe.
 */
final class Libc {

  static final int ESRCH = 3;
  static final int EINTR = 4;

  /** Of pidfd_open on every architecture. */
  static final long SYS_PIDFD_OPEN = 434;

  private static final MemoryLayout[] NO_ARGUMENTS = {};

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup library = linker.defaultLookup();
  private final Map<Integer, MethodHandle> shapes = new HashMap<>();

  /**
   * What a call returned.
   *
   * @param value the lower 32 bits as C's int
   * @param errno meaningful when the value says that the call failed
   */
  record Answer(int value, int errno) {
    boolean failed() {
      return value < 0;
    }
  }

  /** A function of the library with a fixed number of arguments. */
  final class Function {
    private final MethodHandle handle;
    private final MemorySegment symbol;
    private final int arity;

    private Function(String name, int arity) {
      this.symbol =
          library
              .find(name)
              .orElseThrow(
                  () ->
                      new UnsupportedOperationException(
                          "the C library has no "
                              + name
                              + "; Flotilla's node needs glibc 2.34 or newer"));
      this.handle = shape(arity);
      this.arity = arity;
    }

    Answer call(long... arguments) {
      if (arguments.length != arity) {
        throw new IllegalArgumentException(arity + " arguments expected");
      }
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
        long result = (long) handle.invokeExact(symbol, state, arguments);
        return new Answer((int) result, state.get(ValueLayout.JAVA_INT, 0));
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }

  Function function(String name, int arity) {
    return new Function(name, arity);
  }

  Optional<Function> optional(String name, int arity) {
    return library.find(name).map(found -> new Function(name, arity));
  }

  /** Calling C is what this class is for, so that the call is restricted is no news. */
  @SuppressWarnings("restricted")
  private synchronized MethodHandle shape(int arity) {
    return shapes.computeIfAbsent(
        arity,
        n -> {
          MemoryLayout[] arguments = n == 0 ? NO_ARGUMENTS : new MemoryLayout[n];
          Arrays.fill(arguments, ValueLayout.JAVA_LONG);
          return linker
              .downcallHandle(
                  FunctionDescriptor.of(ValueLayout.JAVA_LONG, arguments),
                  Linker.Option.captureCallState("errno"))
              .asSpreader(2, long[].class, n);
        });
  }

  /** A text of C; lives as long as the arena. */
  static long text(Arena arena, String text) {
    return arena.allocateFrom(text).address();
  }

  /** A null-terminated list of texts of C. */
  static long texts(Arena arena, Iterable<String> texts) {
    List<Long> addresses = new ArrayList<>();
    texts.forEach(t -> addresses.add(text(arena, t)));
    MemorySegment list = arena.allocate(ValueLayout.JAVA_LONG, addresses.size() + 1L);
    for (int i = 0; i < addresses.size(); i++) {
      list.setAtIndex(ValueLayout.JAVA_LONG, i, addresses.get(i));
    }
    return list.address();
  }
}
