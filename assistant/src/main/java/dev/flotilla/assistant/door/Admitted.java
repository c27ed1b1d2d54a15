package dev.flotilla.assistant.door;

import dev.flotilla.assistant.door.keys.Key;
import dev.flotilla.assistant.door.keys.Ledger;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What a request holds while it is inside; all of it is given back when it is closed. */
record Admitted(Admission.Pass pass, Key key, AtomicReference<Optional<Ledger.Reservation>> budget)
    implements AutoCloseable {
  Admitted(Admission.Pass pass, Key key) {
    this(pass, key, new AtomicReference<>(Optional.empty()));
  }

  @Override
  public void close() {
    pass.close();
    budget.get().ifPresent(reservation -> reservation.settle(0, 0));
  }
}
