package dev.flotilla.plan.run;

import java.nio.charset.StandardCharsets;

/** The bytes kept of an output. Immutable. */
public final class Kept {
  private final byte[] bytes;

  public Kept(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
