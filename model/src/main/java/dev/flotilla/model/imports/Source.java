package dev.flotilla.model.imports;

import java.util.Optional;

/** A file to import. Two sources are the same only if they are one object. Immutable. */
public final class Source {
  private final String file;
  private final byte[] content;
  private final Optional<String> machine;

  /**
   * @param file as the user named it; its folders tell the machine when nothing else does
   * @param machine the machine it is for, when the user says so
   */
  public Source(String file, byte[] content, Optional<String> machine) {
    this.file = file;
    this.content = content.clone();
    this.machine = machine;
  }

  public String file() {
    return file;
  }

  public Optional<String> machine() {
    return machine;
  }

  byte[] content() {
    return content.clone();
  }
}
