package dev.flotilla.cli.wiring;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Leaves the terminal: a node must not end with the shell it was started from. */
final class Session {
  private Session() {}

  /** Makes this process lead a session of its own; does nothing when it does already. */
  @SuppressWarnings("restricted")
  static void leave() {
    Linker linker = Linker.nativeLinker();
    MethodHandle setsid =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setsid"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT));
    try {
      int ignored = (int) setsid.invokeExact();
    } catch (Throwable impossible) {
      throw new IllegalStateException("setsid could not be called", impossible);
    }
  }
}
