package dev.flotilla.assistant.upstream;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** A stream whose parts are all there. For one thread. */
final class Parts implements Reply.Chunks {
  private final Iterator<Reply.Chunk> parts;

  Parts(List<Reply.Chunk> parts) {
    this.parts = parts.iterator();
  }

  @Override
  public Optional<Reply.Chunk> next() {
    return parts.hasNext() ? Optional.of(parts.next()) : Optional.empty();
  }

  @Override
  public void close() {}
}
