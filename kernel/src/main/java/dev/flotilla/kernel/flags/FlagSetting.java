package dev.flotilla.kernel.flags;

import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.model.Flag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a person says about a flag: {@code on}, {@code off}, {@code 10%}, the name of a variant, or
 * shares such as {@code a=30,b=70}. Pure.
 */
public final class FlagSetting {
  private static final Pattern PERCENT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*%");
  private static final Pattern SHARE =
      Pattern.compile("([^=,\\s]+)\\s*=\\s*(\\d+(?:\\.\\d+)?)\\s*%?");

  private FlagSetting() {}

  /**
   * The flag as the setting has it.
   *
   * @param defined the flag as the manifest defines it
   * @throws dev.flotilla.kernel.failure.OperationException when the setting does not fit the flag
   */
  public static Flag apply(Flag defined, String setting) {
    String text = setting.strip();
    if (defined.variants().containsKey(text)) {
      return with(defined, text, List.of());
    }
    Optional<String> on = named(defined, true);
    Optional<String> off = named(defined, false);
    if (on.isPresent() && off.isPresent()) {
      switch (text) {
        case "on", "true" -> {
          return with(defined, on.get(), List.of());
        }
        case "off", "false" -> {
          return with(defined, off.get(), List.of());
        }
        default -> {
          Matcher percent = PERCENT.matcher(text);
          if (percent.matches()) {
            double share = Double.parseDouble(percent.group(1));
            return checked(
                with(defined, off.get(), List.of(new Flag.Share(on.get(), share))), text);
          }
        }
      }
    }
    return checked(with(defined, defined.defaultVariant(), shares(defined, text)), text);
  }

  /** The shortest text that {@link #apply} reads as this flag. */
  public static String text(Flag flag) {
    if (flag.split().isEmpty()) {
      return flag.defaultVariant();
    }
    boolean plain =
        flag.split().size() == 1
            && flag.split().getFirst().variant().equals(named(flag, true).orElse(""))
            && flag.defaultVariant().equals(named(flag, false).orElse(""));
    return plain
        ? number(flag.split().getFirst().percent()) + "%"
        : flag.split().stream()
            .map(share -> share.variant() + "=" + number(share.percent()))
            .collect(Collectors.joining(","));
  }

  private static List<Flag.Share> shares(Flag flag, String text) {
    Map<String, Flag.Share> shares = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      Matcher share = SHARE.matcher(part.strip());
      if (!share.matches()
          || !flag.variants().containsKey(share.group(1))
          || shares.containsKey(share.group(1))) {
        throw wrong(flag, text);
      }
      shares.put(
          share.group(1), new Flag.Share(share.group(1), Double.parseDouble(share.group(2))));
    }
    return new ArrayList<>(shares.values());
  }

  private static Flag checked(Flag flag, String text) {
    double sum = flag.split().stream().mapToDouble(Flag.Share::percent).sum();
    if (sum > 100) {
      throw Failure.badRequest(
              "to", text + ", together " + number(sum) + " %", "at most 100 %", "Lower a share.")
          .exception();
    }
    return flag;
  }

  private static RuntimeException wrong(Flag flag, String text) {
    boolean isBoolean = named(flag, true).isPresent() && named(flag, false).isPresent();
    String variants = String.join(", ", flag.variants().keySet());
    return Failure.badRequest(
            "to",
            "\"" + text + "\"",
            (isBoolean ? "on, off, a percentage such as 10%, " : "")
                + "one of "
                + variants
                + ", or shares such as "
                + flag.variants().keySet().iterator().next()
                + "=30",
            "Choose one of these for " + flag.name() + ".")
        .exception();
  }

  private static Optional<String> named(Flag flag, boolean value) {
    return flag.variants().entrySet().stream()
        .filter(variant -> variant.getValue().equals(value))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Flag with(Flag flag, String defaultVariant, List<Flag.Share> split) {
    return new Flag(flag.name(), flag.description(), flag.variants(), defaultVariant, split);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
