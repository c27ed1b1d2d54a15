package dev.flotilla.kernel.flags;

import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.model.Flag;
import java.util.List;
import java.util.Optional;

/** What the bus service {@code flags} answers, and the subjects of its events. */
public final class FlagOperations {
  /** The name of the service on the bus. */
  public static final String SERVICE = "flags";

  static final String EVENTS = "flotilla.event.flag.";

  private FlagOperations() {}

  /** The operations over a store. */
  public static List<Operation<?, ?>> of(FlagStore store) {
    return List.of(
        Operation.of("list", Operation.Nothing.class, Listing.class, none -> store.list())
            .summary("Every flag as it stands now."),
        Operation.of("get", Which.class, State.class, which -> store.get(which.flag()))
            .summary("One flag as it stands now."),
        Operation.of(
                "set",
                Setting.class,
                FlagChange.class,
                setting ->
                    store.set(
                        setting.flag(),
                        setting.to(),
                        setting.who().orElse("somebody on the bus"),
                        setting.reason().orElse("")))
            .summary("Changes a flag for everybody, at once and for good."),
        Operation.of(
                "history",
                Which.class,
                History.class,
                which -> new History(store.history(which.flag())))
            .summary("Every change of a flag at run time, the oldest first."));
  }

  /** Names a flag. */
  public record Which(String flag) {}

  /**
   * Asks for a change.
   *
   * @param to a setting in the words of {@link FlagSetting}, or {@code manifest} to drop every
   *     change made at run time
   */
  public record Setting(String flag, String to, Optional<String> who, Optional<String> reason) {}

  /**
   * A flag as it stands.
   *
   * @param flag with the change at run time, when there is one
   * @param setting in the words of {@link FlagSetting}
   * @param changed whether it stands otherwise than in the manifest
   */
  public record State(Flag flag, String setting, boolean changed) {}

  /** All flags, in the order of the manifest. */
  public record Listing(List<State> flags) {}

  /** The changes of one flag. */
  public record History(List<FlagChange> changes) {}
}
