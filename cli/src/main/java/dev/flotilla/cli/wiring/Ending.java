package dev.flotilla.cli.wiring;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Ends a process that has closed everything. An orderly exit of the JVM first waits 300 ms for
 * threads that are inside the C library, and those that wait for sockets always are: a fleet's end
 * would take twice that.
 */
public final class Ending {
  private Ending() {}

  /** Ends this process at once; nothing that is still open is closed or written. */
  @SuppressWarnings("restricted")
  public static void now(int status) {
    Linker linker = Linker.nativeLinker();
    MethodHandle exit =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("_exit"),
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
    try {
      exit.invokeExact(status);
    } catch (Throwable impossible) {
      throw new IllegalStateException("_exit could not be called", impossible);
    }
  }
}
