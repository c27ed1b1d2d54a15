package dev.flotilla.cli;

/** The entry point of the {@code flotilla} command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("flotilla");
  }
}
