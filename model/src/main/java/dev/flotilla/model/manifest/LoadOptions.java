package dev.flotilla.model.manifest;

import java.util.Map;
import java.util.Optional;

/**
 * What a manifest is read with.
 *
 * @param environment where {@code ${VAR}} is looked up
 * @param portSet the name of the port set to apply
 * @param portOffset added to every port in place of the manifest's {@code port_offset}
 */
public record LoadOptions(
    Map<String, String> environment, Optional<String> portSet, Optional<Integer> portOffset) {
  public LoadOptions {
    environment = Map.copyOf(environment);
  }

  public static LoadOptions of(Map<String, String> environment) {
    return new LoadOptions(environment, Optional.empty(), Optional.empty());
  }

  public LoadOptions withPortSet(String name) {
    return new LoadOptions(environment, Optional.of(name), portOffset);
  }

  public LoadOptions withPortOffset(int offset) {
    return new LoadOptions(environment, portSet, Optional.of(offset));
  }
}
