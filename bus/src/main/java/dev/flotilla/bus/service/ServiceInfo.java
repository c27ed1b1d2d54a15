package dev.flotilla.bus.service;

import java.util.Map;

/**
 * Who serves.
 *
 * @param name letters, digits, {@code -} and {@code _}
 * @param id unique for each running instance, of the same letters
 * @param version three numbers, such as {@code 1.0.0}
 * @param metadata shown to whoever asks
 */
public record ServiceInfo(
    String name, String id, String version, String description, Map<String, String> metadata) {

  public ServiceInfo {
    requireToken("name", name);
    requireToken("id", id);
    if (!version.matches("\\d+\\.\\d+\\.\\d+.*")) {
      throw new IllegalArgumentException(
          "version of service " + name + " is \"" + version + "\", expected one like 1.0.0");
    }
    metadata = Map.copyOf(metadata);
  }

  private static void requireToken(String what, String value) {
    if (!value.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException(
          "service "
              + what
              + " is \""
              + value
              + "\", expected letters, digits, - and _ only, as it becomes part of a subject");
    }
  }
}
