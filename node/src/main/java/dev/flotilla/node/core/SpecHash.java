package dev.flotilla.node.core;

import dev.flotilla.model.Agent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A hash of everything of an agent that a running process cannot take over: program, environment,
 * ports, limits, configuration. Probes, needs and restart policy are not part of it, so changing
 * them restarts nothing.
 */
public final class SpecHash {
  private SpecHash() {}

  /** Ten hexadecimal digits. */
  public static String of(Agent agent) {
    String text =
        String.join(
            "\n",
            agent.id().toString(),
            agent.group(),
            agent.launch().toString(),
            new TreeMap<>(agent.ports()).toString(),
            agent.limits().toString(),
            sorted(agent.environment()),
            sorted(agent.config()));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 5);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String sorted(Map<String, ?> map) {
    StringBuilder text = new StringBuilder("{");
    new TreeMap<>(map)
        .forEach((key, value) -> text.append(key).append('=').append(plain(value)).append(';'));
    return text.append('}').toString();
  }

  @SuppressWarnings("unchecked")
  private static String plain(Object value) {
    return value instanceof Map<?, ?> map ? sorted((Map<String, ?>) map) : String.valueOf(value);
  }
}
