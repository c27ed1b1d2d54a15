package dev.flotilla.model;

import java.util.List;
import java.util.Map;

/**
 * A feature flag. Evaluated by a stable hash of flag and key, so that one key always gets one
 * answer while the percentages stay as they are, and raising a percentage only adds keys.
 *
 * @param variants name to value: booleans for a boolean flag, else strings, numbers or maps
 * @param defaultVariant served to whom no split applies
 * @param split shares in per cent, in order, together at most 100
 */
public record Flag(
    String name,
    String description,
    Map<String, Object> variants,
    String defaultVariant,
    List<Share> split) {

  public Flag {
    variants = Ordered.copyOf(variants);
    split = List.copyOf(split);
  }

  /**
   * @param variant one of the flag's variants
   * @param percent from 0 to 100
   */
  public record Share(String variant, double percent) {}
}
