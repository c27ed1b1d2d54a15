package dev.flotilla.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A computer of the fleet.
 *
 * @param address host name or IP address other machines reach it by; loopback when there is one
 * @param cores logical cores, empty for what is found
 * @param memory bytes of main memory, empty for what is found
 * @param gpus its cards, in index order
 * @param environment variables that every agent on it gets
 */
public record Machine(
    String name,
    String address,
    Optional<Integer> cores,
    Optional<Bytes> memory,
    List<Gpu> gpus,
    Map<String, String> environment) {

  public Machine {
    gpus = List.copyOf(gpus);
    environment = Ordered.copyOf(environment);
  }

  /** VRAM of all cards together. */
  public Bytes vram() {
    return gpus.stream().map(Gpu::vram).reduce(Bytes.ZERO, Bytes::plus);
  }
}
