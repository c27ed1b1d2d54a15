package dev.flotilla.node.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Starts a process by {@code posix_spawn}: in its own session, with all signals as they are by
 * default, no open file but the three standard ones, and output appended to its log by the kernel,
 * so that it needs nobody to read it. Thread-safe.
 */
final class Spawner {
  private static final long ATTRIBUTES_BYTES = 1024;
  private static final int FLAGS = 0x04 | 0x08 | 0x80; // SETSIGDEF, SETSIGMASK, SETSID
  private static final long READ_ONLY = 0;
  private static final long WRITE_CREATE_APPEND = 1 | 0x40 | 0x400;
  private static final long OWNER_ONLY = 0600;
  private static final int ENOENT = 2;
  private static final int E2BIG = 7;
  private static final int ENOEXEC = 8;
  private static final int EACCES = 13;

  private final Libc.Function spawn;
  private final Libc.Function actionsInit;
  private final Libc.Function actionsOpen;
  private final Libc.Function actionsDup;
  private final Libc.Function actionsDirectory;
  private final Libc.Function actionsCloseFrom;
  private final Libc.Function actionsDestroy;
  private final long attributes;

  Spawner(Libc libc) {
    spawn = libc.function("posix_spawn", 6);
    actionsInit = libc.function("posix_spawn_file_actions_init", 1);
    actionsOpen = libc.function("posix_spawn_file_actions_addopen", 5);
    actionsDup = libc.function("posix_spawn_file_actions_adddup2", 3);
    actionsDirectory = libc.function("posix_spawn_file_actions_addchdir_np", 2);
    actionsCloseFrom = libc.function("posix_spawn_file_actions_addclosefrom_np", 2);
    actionsDestroy = libc.function("posix_spawn_file_actions_destroy", 1);
    attributes = attributes(libc);
  }

  /** The same for every process and for as long as this one lives. */
  private static long attributes(Libc libc) {
    long made = Arena.global().allocate(ATTRIBUTES_BYTES, 16).address();
    libc.function("posix_spawnattr_init", 1).call(made);
    libc.function("posix_spawnattr_setflags", 2).call(made, FLAGS);
    try (Arena arena = Arena.ofConfined()) {
      long set = arena.allocate(ATTRIBUTES_BYTES, 16).address();
      libc.function("sigfillset", 1).call(set);
      libc.function("posix_spawnattr_setsigdefault", 2).call(made, set);
      libc.function("sigemptyset", 1).call(set);
      libc.function("posix_spawnattr_setsigmask", 2).call(made, set);
    }
    return made;
  }

  /** Starts it and gives its pid. */
  long spawn(ProcessSpec spec) throws SpawnException {
    Path own = Executables.find(spec.argv().getFirst(), spec.directory(), spec.environment());
    Path program = spec.wrapper().isEmpty() ? own : Path.of(spec.wrapper().getFirst());
    List<String> argv = new ArrayList<>(spec.wrapper());
    argv.addAll(spec.argv());
    prepareOutput(spec.output());
    List<String> environment = new ArrayList<>();
    spec.environment().forEach((name, value) -> environment.add(name + "=" + value));
    try (Arena arena = Arena.ofConfined()) {
      long actions = arena.allocate(ATTRIBUTES_BYTES, 16).address();
      MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
      actionsInit.call(actions);
      try {
        actionsOpen.call(actions, 0, Libc.text(arena, "/dev/null"), READ_ONLY, 0);
        actionsOpen.call(
            actions,
            1,
            Libc.text(arena, spec.output().toString()),
            WRITE_CREATE_APPEND,
            OWNER_ONLY);
        actionsDup.call(actions, 1, 2);
        actionsCloseFrom.call(actions, 3);
        actionsDirectory.call(actions, Libc.text(arena, spec.directory().toString()));
        int error =
            spawn
                .call(
                    pid.address(),
                    Libc.text(arena, program.toString()),
                    actions,
                    attributes,
                    Libc.texts(arena, argv),
                    Libc.texts(arena, environment))
                .value();
        if (error != 0) {
          throw refused(program, error);
        }
        return pid.get(ValueLayout.JAVA_INT, 0);
      } finally {
        actionsDestroy.call(actions);
      }
    }
  }

  private static SpawnException refused(Path program, int error) {
    return switch (error) {
      case ENOENT ->
          new SpawnException(
              "%s, or the interpreter its first line names, is not there".formatted(program),
              false);
      case EACCES -> new SpawnException("%s may not be executed".formatted(program), false);
      case ENOEXEC ->
          new SpawnException(
              "%s is no program: it has neither the format of one nor a first line such as #!/bin/sh"
                  .formatted(program),
              false);
      case E2BIG -> new SpawnException("its arguments and environment are too long", false);
      default ->
          new SpawnException(
              "the system refused to start %s (error %d of posix_spawn)".formatted(program, error),
              true);
    };
  }

  /** Opens the log once from here, because its error would be taken for the program's. */
  private static void prepareOutput(Path output) throws SpawnException {
    try {
      if (Files.exists(output)) {
        Files.newByteChannel(output, StandardOpenOption.APPEND).close();
      } else {
        Files.newByteChannel(
                output,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
            .close();
      }
    } catch (IOException e) {
      throw new SpawnException(
          "its log %s cannot be written: %s".formatted(output, reason(e)), true);
    }
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException f && f.getReason() != null
        ? f.getReason()
        : String.valueOf(e.getMessage());
  }
}
