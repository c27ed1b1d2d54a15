package dev.flotilla.node.card;

/** The library is not there, or said no; the message is for people. */
final class NvmlException extends Exception {
  private static final long serialVersionUID = 1L;

  NvmlException(String message) {
    super(message);
  }
}
