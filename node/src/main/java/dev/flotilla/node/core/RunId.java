package dev.flotilla.node.core;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Names one run of one agent. It stands in the environment of the process as {@code
 * FLOTILLA_RUN_ID} and is inherited by everything the process starts, so that strays are found; it
 * carries the hash of what was started, so that a node that finds the process knows whether it is
 * still what the manifest asks for.
 *
 * @param text {@code <random>-<spec hash>}
 */
public record RunId(String text) {

  public static RunId next(RandomGenerator random, String spec) {
    return new RunId(HexFormat.of().toHexDigits(random.nextLong(), 12) + "-" + spec);
  }

  /** The hash of what was started, see {@link SpecHash}. */
  public String spec() {
    return text.substring(text.lastIndexOf('-') + 1);
  }
}
