package dev.flotilla.node.card;

import dev.flotilla.model.Bytes;
import dev.flotilla.model.Gpu;
import dev.flotilla.model.MachineCards;
import dev.flotilla.node.process.ProcessTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the cards of this machine. The library is loaded when it is first asked for; where there is
 * none, cards are as the manifest has them and nobody knows what is used on them. Thread-safe;
 * readings take turns.
 */
public final class CardReader {
  /** The library as NVIDIA's driver installs it. */
  public static final String LIBRARY = "libnvidia-ml.so.1";

  private static final Logger LOG = LoggerFactory.getLogger(CardReader.class);

  private final String library;
  private final String state;
  private final ProcessTable table;
  private final Path proc;
  private Optional<Nvml> nvml = Optional.empty();
  private String driver = "";

  /**
   * @param library name or file of NVIDIA's management library
   * @param state the fleet's state folder, by which agents of this fleet are told from others'
   */
  public CardReader(String library, String state, ProcessTable table) {
    this.library = library;
    this.state = state;
    this.table = table;
    this.proc = Path.of("/proc");
  }

  /**
   * Reads now.
   *
   * @param declared the cards that the manifest gives the machine
   */
  public synchronized MachineCards read(String machine, List<Gpu> declared) {
    Map<String, Bytes> memory = memory();
    return new MachineCards(
        machine,
        open(),
        measured().orElseGet(() -> asDeclared(declared)),
        memory.getOrDefault("MemTotal", Bytes.ZERO),
        memory.getOrDefault("MemAvailable", Bytes.ZERO));
  }

  /** Loads the library once; what it says when it is not to be had is said anew each time. */
  private String open() {
    if (nvml.isEmpty()) {
      try {
        Nvml opened = Nvml.open(library);
        driver = "NVML " + opened.driver();
        nvml = Optional.of(opened);
      } catch (NvmlException e) {
        driver = String.valueOf(e.getMessage());
      }
    }
    return driver;
  }

  private Optional<List<MachineCards.Card>> measured() {
    if (nvml.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(nvml.get().read().stream().map(this::card).toList());
    } catch (NvmlException e) {
      LOG.warn("the cards could not be read: {}", e.getMessage());
      driver = String.valueOf(e.getMessage());
      nvml = Optional.empty();
      return Optional.empty();
    }
  }

  private MachineCards.Card card(Nvml.Reading reading) {
    Optional<List<Nvml.Holder>> known =
        reading
            .holders()
            .filter(holders -> holders.stream().allMatch(holder -> holder.held().isPresent()));
    return new MachineCards.Card(
        reading.index(),
        reading.name(),
        reading.total(),
        Optional.of(reading.used()),
        reading.utilisation(),
        known.map(
            holders ->
                holders.stream()
                    .map(h -> new MachineCards.Use(h.pid(), agent(h.pid()), h.held().orElseThrow()))
                    .toList()));
  }

  private Optional<String> agent(long pid) {
    return table
        .variable(pid, "FLOTILLA_STATE")
        .filter(state::equals)
        .flatMap(same -> table.variable(pid, "FLOTILLA_AGENT"));
  }

  private static List<MachineCards.Card> asDeclared(List<Gpu> declared) {
    return declared.stream()
        .map(
            gpu ->
                new MachineCards.Card(
                    gpu.index(),
                    gpu.name(),
                    gpu.vram(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))
        .toList();
  }

  /** Amounts of /proc/meminfo by name. */
  private Map<String, Bytes> memory() {
    Map<String, Bytes> amounts = new HashMap<>();
    try {
      for (String line :
          Files.readString(proc.resolve("meminfo"), StandardCharsets.US_ASCII).split("\n")) {
        String[] words = line.split("\\s+");
        if (words.length == 3 && words[2].equals("kB")) {
          amounts.put(words[0].replace(":", ""), new Bytes(Long.parseLong(words[1]) << 10));
        }
      }
    } catch (IOException e) {
      LOG.warn("the main memory could not be read: {}", e.getMessage());
    }
    return amounts;
  }
}
