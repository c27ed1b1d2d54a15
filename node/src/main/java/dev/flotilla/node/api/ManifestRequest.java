package dev.flotilla.node.api;

import java.util.Map;
import java.util.Optional;

/**
 * Which manifest is to be in force.
 *
 * @param manifest absolute file name; absent for the built-in fleet
 * @param directory where the built-in fleet's folders begin
 * @param machine which machine of the manifest this one is
 * @param environment where {@code ${VAR}} is looked up; absent for the node's own
 */
public record ManifestRequest(
    Optional<String> manifest,
    Optional<String> directory,
    Optional<String> portSet,
    Optional<Integer> portOffset,
    Optional<String> machine,
    Optional<Map<String, String>> environment) {
  public ManifestRequest {
    environment = environment.map(Map::copyOf);
  }
}
