package dev.flotilla.scan.read;

/** Which functions read an environment variable. */
final class Environment {
  private Environment() {}

  static boolean reads(String function) {
    return function.equals("os.environ.get")
        || function.equals("os.getenv")
        || function.equals("environ.get")
        || function.equals("os.environ.setdefault")
        || function.endsWith(".get_env")
        || function.equals("get_env");
  }
}
