package dev.flotilla.scan.python;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes to text by PEP 263: byte order mark, coding cookie in the first two lines, else UTF-8. */
public final class SourceDecoder {
  private static final Pattern COOKIE =
      Pattern.compile("^[ \\t\\f]*#.*?coding[:=][ \\t]*([-\\w.]+)");
  private static final Pattern BLANK = Pattern.compile("^[ \\t\\f]*(?:#.*)?$");

  private SourceDecoder() {}

  /** Decodes a whole file. */
  public static Decoded decode(byte[] bytes) {
    boolean mark =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    int start = mark ? 3 : 0;
    Optional<String> cookie = cookie(bytes, start);
    if (mark && cookie.isPresent() && !plain(cookie.get()).matches("utf-8(?:-.*)?")) {
      return unreadable(bytes, start, 0, "encoding problem: " + cookie.get() + " with BOM");
    }
    Optional<Charset> charset = cookie.map(SourceDecoder::charset).orElse(Optional.of(utf8()));
    if (charset.isEmpty()) {
      return unreadable(bytes, start, 0, "unknown encoding: " + cookie.orElse(""));
    }
    for (int i = start; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return new Decoded.Unreadable(
            new SyntaxProblem(0, 0, "ValueError", "source code string cannot contain null bytes"),
            nearest(bytes, start).replace('\0', ' '));
      }
    }
    try {
      String text =
          charset
              .get()
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, start, bytes.length - start))
              .toString();
      return new Decoded.Text(newlines(text));
    } catch (CharacterCodingException e) {
      String name = charset.get().equals(utf8()) ? "utf-8" : cookie.orElse("utf-8");
      int line = charset.get().equals(utf8()) ? firstBadLine(bytes, start) : 0;
      return unreadable(
          bytes, start, line, "(unicode error) '" + name + "' codec can't decode the file");
    }
  }

  private static Charset utf8() {
    return StandardCharsets.UTF_8;
  }

  private static Decoded unreadable(byte[] bytes, int start, int line, String message) {
    return new Decoded.Unreadable(
        new SyntaxProblem(line, 0, "SyntaxError", message), nearest(bytes, start));
  }

  private static String nearest(byte[] bytes, int start) {
    return newlines(new String(bytes, start, bytes.length - start, utf8()));
  }

  private static String newlines(String text) {
    return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
  }

  private static Optional<String> cookie(byte[] bytes, int start) {
    int from = start;
    for (int line = 0; line < 2 && from < bytes.length; line++) {
      int end = from;
      while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
        end++;
      }
      String text = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
      Matcher matcher = COOKIE.matcher(text);
      if (matcher.find()) {
        return Optional.of(matcher.group(1));
      }
      if (!BLANK.matcher(text).matches()) {
        return Optional.empty();
      }
      boolean pair = end + 1 < bytes.length && bytes[end] == '\r' && bytes[end + 1] == '\n';
      from = end + (pair ? 2 : 1);
    }
    return Optional.empty();
  }

  private static boolean isUtf8(String name) {
    String plain = plain(name);
    return plain.equals("utf-8") || plain.startsWith("utf-8-") || plain.equals("utf8");
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<Charset> charset(String name) {
    String plain = plain(name);
    if (isUtf8(name)) {
      return Optional.of(utf8());
    }
    String java =
        switch (plain) {
          case "latin-1", "latin1", "iso-latin-1", "l1", "iso8859", "8859" -> "ISO-8859-1";
          case "latin-2", "latin2" -> "ISO-8859-2";
          case "latin-9", "latin9" -> "ISO-8859-15";
          case "ascii" -> "US-ASCII";
          case "koi8-r" -> "KOI8-R";
          case "euc-jp", "eucjp", "ujis" -> "EUC-JP";
          case "shift-jis", "sjis", "shiftjis" -> "Shift_JIS";
          case "big5" -> "Big5";
          case "mbcs" -> "windows-1252";
          default ->
              plain.startsWith("cp125")
                  ? "windows-" + plain.substring(2)
                  : plain.replaceFirst("^iso8859-", "iso-8859-");
        };
    try {
      return Optional.of(Charset.forName(java));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  private static int firstBadLine(byte[] bytes, int start) {
    int line = 1;
    int from = start;
    for (int i = start; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n') {
        try {
          var _ = utf8().newDecoder().decode(ByteBuffer.wrap(bytes, from, i - from));
        } catch (CharacterCodingException e) {
          return line;
        }
        line++;
        from = i + 1;
      }
    }
    return 0;
  }
}
