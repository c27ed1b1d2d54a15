package dev.flotilla.assistant.door.keys;

import dev.flotilla.kernel.time.SystemTimers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/** Uses a budget as fast as it can and says so after every request, until it is killed. */
final class LedgerVictim {
  static final long TOOK = 7;
  static final long RESERVED = 20;

  private LedgerVictim() {}

  public static void main(String[] args) throws IOException {
    try (SystemTimers timers = new SystemTimers();
        Ledger ledger = new Ledger(Path.of(args[0]), InstantSource.system(), timers)) {
      while (!System.out.checkError()) {
        LedgerTest.reserve(ledger, LedgerTest.BUDGETED, RESERVED).settle(TOOK, 0);
        System.out.println("took");
      }
    }
  }
}
