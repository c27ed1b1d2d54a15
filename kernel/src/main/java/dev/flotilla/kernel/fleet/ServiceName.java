package dev.flotilla.kernel.fleet;

/**
 * A name under which instances are found. {@code MEMORY_AGENT}, {@code MemoryAgent} and {@code
 * memory-agent} are one name: only letters and digits count, and not their case.
 *
 * @param normal the normal form: lower-case letters and digits, not empty
 */
public record ServiceName(String normal) implements Comparable<ServiceName> {

  public ServiceName {
    if (normal.isEmpty() || !normal.equals(normalForm(normal))) {
      throw new IllegalArgumentException("not a normal form: '" + normal + "'");
    }
  }

  /**
   * The name that somebody wrote.
   *
   * @throws IllegalArgumentException when there is no letter and no digit in it
   */
  public static ServiceName of(String written) {
    return new ServiceName(normalForm(written));
  }

  /** Whether the text has a letter or a digit, so that it can be a name. */
  public static boolean isName(String written) {
    return !normalForm(written).isEmpty();
  }

  private static String normalForm(String written) {
    StringBuilder normal = new StringBuilder(written.length());
    written
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .map(Character::toLowerCase)
        .forEach(normal::appendCodePoint);
    return normal.toString();
  }

  @Override
  public int compareTo(ServiceName other) {
    return normal.compareTo(other.normal);
  }

  @Override
  public String toString() {
    return normal;
  }
}
