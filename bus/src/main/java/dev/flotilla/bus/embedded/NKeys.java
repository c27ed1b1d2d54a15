package dev.flotilla.bus.embedded;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** NATS's public keys: a letter for the kind, an Ed25519 key and a checksum, in base 32. */
final class NKeys {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int USER = 20 << 3;
  private static final int KEY_LENGTH = 32;
  private static final int CHECKED_LENGTH = 1 + KEY_LENGTH;

  private NKeys() {}

  /** Whether the nonce was signed with the user key's seed. */
  static boolean verify(String publicKey, String nonce, String signature) {
    Optional<byte[]> key = userKey(publicKey);
    if (key.isEmpty()) {
      return false;
    }
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(ed25519Key(key.get()));
      ed25519.update(nonce.getBytes(StandardCharsets.US_ASCII));
      return ed25519.verify(base64(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /** The 32 bytes of a public user key; empty when it is none. */
  static Optional<byte[]> userKey(String text) {
    return base32(text)
        .filter(raw -> raw.length == CHECKED_LENGTH + 2 && (raw[0] & 0xff) == USER)
        .filter(raw -> checksum(raw) == (((raw[34] & 0xff) << 8) | (raw[33] & 0xff)))
        .map(raw -> Arrays.copyOfRange(raw, 1, CHECKED_LENGTH));
  }

  private static PublicKey ed25519Key(byte[] key) throws GeneralSecurityException {
    byte[] bigEndian = new byte[KEY_LENGTH];
    for (int i = 0; i < KEY_LENGTH; i++) {
      bigEndian[i] = key[KEY_LENGTH - 1 - i];
    }
    boolean xOdd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7f;
    EdECPoint point = new EdECPoint(xOdd, new BigInteger(1, bigEndian));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }

  private static byte[] base64(String text) {
    String standard = text.replace('-', '+').replace('_', '/').replace("=", "");
    return Base64.getDecoder().decode(standard);
  }

  private static Optional<byte[]> base32(String text) {
    byte[] out = new byte[text.length() * 5 / 8];
    int buffer = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      int value = ALPHABET.indexOf(text.charAt(i));
      if (value < 0) {
        return Optional.empty();
      }
      buffer = ((buffer << 5) | value) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        out[at++] = (byte) (buffer >> bits);
      }
    }
    return Optional.of(out);
  }

  /** CRC-16/XMODEM over all but the last two bytes. */
  private static int checksum(byte[] raw) {
    int crc = 0;
    for (int i = 0; i < raw.length - 2; i++) {
      crc ^= (raw[i] & 0xff) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
      }
      crc &= 0xffff;
    }
    return crc;
  }
}
