package dev.flotilla.assistant.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Whose answers may be given to whom: those of one key, one model and one system prompt, and never
 * to another.
 *
 * @param digest of the three
 */
public record Scope(String digest) {

  public static Scope of(String key, String model, String systemPrompt) {
    return new Scope(digest(key + "\0" + model + "\0" + systemPrompt));
  }

  static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
