package dev.flotilla.cli.standin;

import java.util.ArrayList;
import java.util.List;

/**
 * What a stand-in does, as it is told on its command line.
 *
 * @param startMillis how long it takes until it listens
 * @param listen {@code host:port} of everything it listens on
 * @param say lines it writes once it listens
 * @param ends whether it ends well once it has started, as a task does
 * @param fault what goes wrong after it was ready
 * @param faultMillis how long after
 * @param once a file whose presence says that the fault has happened; empty to fail every time
 */
public record Role(
    long startMillis,
    List<String> listen,
    List<String> say,
    boolean ends,
    Fault fault,
    long faultMillis,
    String once) {

  /** What may go wrong. */
  public enum Fault {
    NONE,
    CRASH,
    HANG
  }

  public Role {
    listen = List.copyOf(listen);
    say = List.copyOf(say);
  }

  /** The command line that {@link #read} reads. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("start=" + startMillis);
    listen.forEach(l -> arguments.add("listen=" + l));
    say.forEach(s -> arguments.add("say=" + s));
    arguments.add("ends=" + ends);
    arguments.add("fault=" + fault.name());
    arguments.add("after=" + faultMillis);
    arguments.add("once=" + once);
    return arguments;
  }

  /** What {@link #arguments} wrote. */
  public static Role of(List<String> arguments) {
    return read(arguments.toArray(String[]::new));
  }

  static Role read(String... arguments) {
    long start = 0;
    List<String> listen = new ArrayList<>();
    List<String> say = new ArrayList<>();
    boolean ends = false;
    Fault fault = Fault.NONE;
    long after = 0;
    String once = "";
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String value = argument.substring(equals + 1);
      switch (argument.substring(0, Math.max(0, equals))) {
        case "start" -> start = Long.parseLong(value);
        case "listen" -> listen.add(value);
        case "say" -> say.add(value);
        case "ends" -> ends = Boolean.parseBoolean(value);
        case "fault" -> fault = Fault.valueOf(value);
        case "after" -> after = Long.parseLong(value);
        case "once" -> once = value;
        default -> throw new IllegalArgumentException("unknown argument " + argument);
      }
    }
    return new Role(start, listen, say, ends, fault, after, once);
  }
}
