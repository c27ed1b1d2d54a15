package dev.flotilla.node.card;

import dev.flotilla.model.Bytes;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * NVIDIA's management library, as far as memory is concerned. Every argument is passed as a 64-bit
 * integer, which Linux passes in the registers that pointers and shorter integers go in. For one
 * thread at a time.
 */
final class Nvml {
  private static final int OK = 0;
  private static final int INSUFFICIENT_SIZE = 7;
  private static final long NOT_AVAILABLE = -1;
  private static final int NAME_LENGTH = 96;
  private static final int MOST_PROCESSES = 4096;

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup library;

  private Nvml(SymbolLookup library) {
    this.library = library;
  }

  /** A process that holds memory; absent when the driver does not tell how much. */
  record Holder(long pid, Optional<Bytes> held) {}

  /** One card as the library numbers it. */
  record Reading(
      int index,
      String name,
      Bytes total,
      Bytes used,
      Optional<Integer> utilisation,
      Optional<List<Holder>> holders) {}

  /** Loads and initialises the library. */
  @SuppressWarnings("restricted")
  static Nvml open(String file) throws NvmlException {
    Nvml nvml;
    try {
      nvml = new Nvml(SymbolLookup.libraryLookup(file, Arena.global()));
    } catch (IllegalArgumentException e) {
      throw new NvmlException("no NVIDIA driver: the library " + file + " cannot be loaded");
    }
    nvml.checked("nvmlInit_v2");
    return nvml;
  }

  String driver() throws NvmlException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(NAME_LENGTH);
      checked("nvmlSystemGetDriverVersion", text.address(), NAME_LENGTH);
      return text.getString(0);
    }
  }

  List<Reading> read() throws NvmlException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
      checked("nvmlDeviceGetCount_v2", count.address());
      List<Reading> readings = new ArrayList<>();
      for (int i = 0; i < count.get(ValueLayout.JAVA_INT, 0); i++) {
        MemorySegment handle = arena.allocate(ValueLayout.JAVA_LONG);
        checked("nvmlDeviceGetHandleByIndex_v2", i, handle.address());
        readings.add(card(arena, i, handle.get(ValueLayout.JAVA_LONG, 0)));
      }
      return readings;
    }
  }

  private Reading card(Arena arena, int index, long device) throws NvmlException {
    MemorySegment name = arena.allocate(NAME_LENGTH);
    checked("nvmlDeviceGetName", device, name.address(), NAME_LENGTH);
    MemorySegment memory = arena.allocate(ValueLayout.JAVA_LONG, 3);
    checked("nvmlDeviceGetMemoryInfo", device, memory.address());
    MemorySegment rates = arena.allocate(ValueLayout.JAVA_INT, 2);
    boolean rated = call("nvmlDeviceGetUtilizationRates", device, rates.address()) == OK;
    return new Reading(
        index,
        name.getString(0),
        new Bytes(memory.getAtIndex(ValueLayout.JAVA_LONG, 0)),
        new Bytes(memory.getAtIndex(ValueLayout.JAVA_LONG, 2)),
        rated ? Optional.of(rates.get(ValueLayout.JAVA_INT, 0)) : Optional.empty(),
        holders(arena, device));
  }

  /** Compute and graphics processes; absent when the driver tells of neither. */
  private Optional<List<Holder>> holders(Arena arena, long device) {
    Map<Long, Holder> found = new LinkedHashMap<>();
    boolean told = false;
    for (String kind : List.of("Compute", "Graphics")) {
      for (Version version : Version.values()) {
        Optional<List<Holder>> some =
            holders(
                arena,
                device,
                "nvmlDeviceGet" + kind + "RunningProcesses" + version.suffix,
                version.bytes);
        if (some.isPresent()) {
          told = true;
          some.get().forEach(holder -> found.putIfAbsent(holder.pid(), holder));
          break;
        }
      }
    }
    return told ? Optional.of(List.copyOf(found.values())) : Optional.empty();
  }

  /** How a process is written by each version of the question: pid, 4 unused, held, and more. */
  private enum Version {
    V3("_v3", 24),
    V2("_v2", 24),
    V1("", 16);

    final String suffix;
    final int bytes;

    Version(String suffix, int bytes) {
      this.suffix = suffix;
      this.bytes = bytes;
    }
  }

  private Optional<List<Holder>> holders(Arena arena, long device, String function, int bytes) {
    MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
    int room = 32;
    while (room <= MOST_PROCESSES) {
      MemorySegment list = arena.allocate((long) room * bytes, 8);
      count.set(ValueLayout.JAVA_INT, 0, room);
      int answer = call(function, device, count.address(), list.address());
      if (answer == INSUFFICIENT_SIZE) {
        room *= 4;
        continue;
      }
      if (answer != OK) {
        return Optional.empty();
      }
      List<Holder> holders = new ArrayList<>();
      for (int i = 0; i < count.get(ValueLayout.JAVA_INT, 0); i++) {
        long at = (long) i * bytes;
        long held = list.get(ValueLayout.JAVA_LONG, at + 8);
        holders.add(
            new Holder(
                Integer.toUnsignedLong(list.get(ValueLayout.JAVA_INT, at)),
                held == NOT_AVAILABLE || held < 0
                    ? Optional.empty()
                    : Optional.of(new Bytes(held))));
      }
      return Optional.of(holders);
    }
    return Optional.empty();
  }

  private void checked(String function, long... arguments) throws NvmlException {
    int answer = call(function, arguments);
    if (answer != OK) {
      throw new NvmlException("NVIDIA's driver refused " + function + ": " + words(answer));
    }
  }

  /** The answer's code; the code for "not found" when the library is too old to have it. */
  private int call(String function, long... arguments) {
    Optional<MemorySegment> symbol = library.find(function);
    return symbol.isEmpty() ? 13 : (int) invoke(symbol.get(), arguments);
  }

  @SuppressWarnings("restricted")
  private String words(int code) {
    Optional<MemorySegment> symbol = library.find("nvmlErrorString");
    if (symbol.isEmpty()) {
      return "code " + code;
    }
    long text = invoke(symbol.get(), code);
    return text == 0
        ? "code " + code
        : MemorySegment.ofAddress(text).reinterpret(Long.MAX_VALUE).getString(0);
  }

  @SuppressWarnings("restricted")
  private long invoke(MemorySegment symbol, long... arguments) {
    MemoryLayout[] layouts = new MemoryLayout[arguments.length];
    Arrays.fill(layouts, ValueLayout.JAVA_LONG);
    MethodHandle handle =
        linker
            .downcallHandle(symbol, FunctionDescriptor.of(ValueLayout.JAVA_LONG, layouts))
            .asSpreader(long[].class, arguments.length);
    try {
      return (long) handle.invokeExact(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
