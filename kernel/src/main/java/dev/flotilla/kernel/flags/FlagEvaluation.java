package dev.flotilla.kernel.flags;

import dev.flotilla.model.Flag;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which variant of a flag a key gets. Pure: the same flag and key always give the same answer, in
 * Java and in Python ({@code sdk/test-vectors/flags.json} holds both to it).
 */
public final class FlagEvaluation {
  private static final int BUCKETS = 100_000;

  private FlagEvaluation() {}

  /**
   * The shares lie on the line from 0 to 100 per cent in their order; a key gets the share it falls
   * into, or the default variant when it falls behind the last. Raising a share of a flag with one
   * share only adds keys.
   */
  public static String variant(Flag flag, String key) {
    double at = percent(flag.name(), key);
    double end = 0;
    for (Flag.Share share : flag.split()) {
      end += share.percent();
      if (at < end) {
        return share.variant();
      }
    }
    return flag.defaultVariant();
  }

  /**
   * Where a key lies, from 0 up to but without 100, in steps of 0.001: the first eight bytes of
   * SHA-256 of flag, a zero byte and key, read as an unsigned number, modulo 100,000.
   */
  public static double percent(String flag, String key) {
    byte[] digest = sha256().digest((flag + "\0" + key).getBytes(StandardCharsets.UTF_8));
    long bucket = Long.remainderUnsigned(ByteBuffer.wrap(digest).getLong(), BUCKETS);
    return bucket / 1000.0;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
