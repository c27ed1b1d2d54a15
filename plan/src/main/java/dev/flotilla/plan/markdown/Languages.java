package dev.flotilla.plan.markdown;

/** Which fenced blocks are commands. */
final class Languages {
  private Languages() {}

  static boolean runs(String language) {
    return switch (language) {
      case "bash", "sh", "shell", "zsh", "python", "python3" -> true;
      default -> false;
    };
  }
}
