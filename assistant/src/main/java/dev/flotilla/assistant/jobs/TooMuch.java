package dev.flotilla.assistant.jobs;

/** More jobs than one answer can name. */
final class TooMuch extends RuntimeException {
  TooMuch(int fit) {
    super("an answer that names more than the %d jobs which fit into a message".formatted(fit));
  }
}
