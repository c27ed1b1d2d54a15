package dev.flotilla.bench.scan;

/** The parser on a stack as deep as the scan gives it. */
final class Deep {
  private Deep() {}

  static void run(Runnable work) throws InterruptedException {
    Thread thread = new Thread(null, work, "parse", 512L << 20);
    thread.start();
    thread.join();
  }
}
