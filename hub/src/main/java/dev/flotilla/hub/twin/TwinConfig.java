package dev.flotilla.hub.twin;

/**
 * What can be configured.
 *
 * @param history how many changes of state are kept
 */
public record TwinConfig(int history) {
  public static final TwinConfig DEFAULTS = new TwinConfig(5_000);
}
