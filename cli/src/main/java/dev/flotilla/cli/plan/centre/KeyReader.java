package dev.flotilla.cli.plan.centre;

import java.io.IOException;
import org.jline.utils.NonBlockingReader;

/** Reads keys from a terminal in raw mode, escape sequences included. */
final class KeyReader {
  private static final long REDRAW_MILLIS = 2000;
  private static final long SEQUENCE_MILLIS = 60;

  private final NonBlockingReader in;

  KeyReader(NonBlockingReader in) {
    this.in = in;
  }

  Key next() throws IOException {
    int c = in.read(REDRAW_MILLIS);
    return switch (c) {
      case NonBlockingReader.READ_EXPIRED -> Key.Special.NONE;
      case NonBlockingReader.EOF, 3, 4 -> Key.Special.END;
      case 27 -> escape();
      case '\r', '\n' -> Key.Special.ENTER;
      case '\t' -> Key.Special.TAB;
      case 8, 127 -> Key.Special.BACKSPACE;
      default -> c < ' ' ? Key.Special.NONE : new Key.Letter((char) c);
    };
  }

  private Key escape() throws IOException {
    int second = in.read(SEQUENCE_MILLIS);
    if (second != '[' && second != 'O') {
      return Key.Special.ESCAPE;
    }
    int third = in.read(SEQUENCE_MILLIS);
    return switch (third) {
      case 'A' -> Key.Special.UP;
      case 'B' -> Key.Special.DOWN;
      case 'C' -> Key.Special.RIGHT;
      case 'D' -> Key.Special.LEFT;
      case 'Z' -> Key.Special.BACK_TAB;
      case '5' -> tilde(Key.Special.PAGE_UP);
      case '6' -> tilde(Key.Special.PAGE_DOWN);
      default -> Key.Special.NONE;
    };
  }

  private Key tilde(Key key) throws IOException {
    return in.read(SEQUENCE_MILLIS) == '~' ? key : Key.Special.NONE;
  }
}
