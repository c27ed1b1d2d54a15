package dev.flotilla.node.state;

import dev.flotilla.kernel.state.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** Random texts that nobody guesses, kept in files for their owner only. */
public final class Secret {
  private static final int BYTES = 24;

  private Secret() {}

  /** A new one. */
  public static String next() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** What the file holds, a new one where there is none yet. */
  public static String kept(Path file) throws IOException {
    AtomicFile kept = new AtomicFile(file);
    Optional<String> before =
        kept.read().map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
    if (before.isPresent() && !before.get().isEmpty()) {
      return before.get();
    }
    String fresh = next();
    kept.write(fresh.getBytes(StandardCharsets.UTF_8));
    return fresh;
  }
}
