package dev.flotilla.assistant.builtin;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns an amount in one unit into another of its kind. */
final class UnitTopic implements Topic {
  private static final Pattern ASKED =
      Pattern.compile(
          "^(?:please )?(?:what is|how (?:much|many) (?:is|are)|convert|how many)?"
              + " ?(-?\\d+(?:\\.\\d+)?) ?(°?[a-z]+) (?:in|to|into|as) (°?[a-z]+)$");

  private static final Pattern BACKWARDS =
      Pattern.compile(
          "^how (?:many|much) (°?[a-z]+) (?:is |are )?(?:there )?(?:in|make) "
              + "(an?|one|the|\\d+(?:\\.\\d+)?) ?(°?[a-z]+)$");

  private static final Pattern OTHER_WAY =
      Pattern.compile("^how (?:many|much) (°?[a-z]+) (?:is|are) (\\d+(?:\\.\\d+)?) ?(°?[a-z]+)$");

  /** What one of the unit is in the base unit of its kind. */
  private record Unit(String kind, double factor) {}

  private static final Map<String, Unit> UNITS =
      Map.ofEntries(
          Map.entry("b", new Unit("memory", 1)),
          Map.entry("bytes", new Unit("memory", 1)),
          Map.entry("kb", new Unit("memory", 1e3)),
          Map.entry("mb", new Unit("memory", 1e6)),
          Map.entry("gb", new Unit("memory", 1e9)),
          Map.entry("tb", new Unit("memory", 1e12)),
          Map.entry("kib", new Unit("memory", 1024)),
          Map.entry("mib", new Unit("memory", 1 << 20)),
          Map.entry("gib", new Unit("memory", 1L << 30)),
          Map.entry("tib", new Unit("memory", 1L << 40)),
          Map.entry("ms", new Unit("time", 0.001)),
          Map.entry("s", new Unit("time", 1)),
          Map.entry("second", new Unit("time", 1)),
          Map.entry("min", new Unit("time", 60)),
          Map.entry("minute", new Unit("time", 60)),
          Map.entry("h", new Unit("time", 3600)),
          Map.entry("hour", new Unit("time", 3600)),
          Map.entry("day", new Unit("time", 86_400)),
          Map.entry("week", new Unit("time", 604_800)),
          Map.entry("mm", new Unit("length", 0.001)),
          Map.entry("cm", new Unit("length", 0.01)),
          Map.entry("m", new Unit("length", 1)),
          Map.entry("km", new Unit("length", 1000)),
          Map.entry("inch", new Unit("length", 0.0254)),
          Map.entry("feet", new Unit("length", 0.3048)),
          Map.entry("foot", new Unit("length", 0.3048)),
          Map.entry("ft", new Unit("length", 0.3048)),
          Map.entry("yard", new Unit("length", 0.9144)),
          Map.entry("mi", new Unit("length", 1609.344)),
          Map.entry("mile", new Unit("length", 1609.344)),
          Map.entry("g", new Unit("mass", 0.001)),
          Map.entry("kg", new Unit("mass", 1)),
          Map.entry("lb", new Unit("mass", 0.45359237)),
          Map.entry("oz", new Unit("mass", 0.028349523125)),
          Map.entry("pound", new Unit("mass", 0.45359237)),
          Map.entry("ounce", new Unit("mass", 0.028349523125)),
          Map.entry("gram", new Unit("mass", 0.001)),
          Map.entry("kilogram", new Unit("mass", 1)),
          Map.entry("kilo", new Unit("mass", 1)),
          Map.entry("metre", new Unit("length", 1)),
          Map.entry("meter", new Unit("length", 1)),
          Map.entry("kilometre", new Unit("length", 1000)),
          Map.entry("kilometer", new Unit("length", 1000)),
          Map.entry("centimetre", new Unit("length", 0.01)),
          Map.entry("centimeter", new Unit("length", 0.01)),
          Map.entry("millimetre", new Unit("length", 0.001)),
          Map.entry("millimeter", new Unit("length", 0.001)),
          Map.entry("kilobyte", new Unit("memory", 1e3)),
          Map.entry("megabyte", new Unit("memory", 1e6)),
          Map.entry("gigabyte", new Unit("memory", 1e9)),
          Map.entry("terabyte", new Unit("memory", 1e12)),
          Map.entry("kibibyte", new Unit("memory", 1024)),
          Map.entry("mebibyte", new Unit("memory", 1 << 20)),
          Map.entry("gibibyte", new Unit("memory", 1L << 30)),
          Map.entry("millisecond", new Unit("time", 0.001)),
          Map.entry("sec", new Unit("time", 1)),
          Map.entry("hr", new Unit("time", 3600)),
          Map.entry("l", new Unit("volume", 1)),
          Map.entry("litre", new Unit("volume", 1)),
          Map.entry("liter", new Unit("volume", 1)),
          Map.entry("ml", new Unit("volume", 0.001)),
          Map.entry("c", new Unit("temperature", 1)),
          Map.entry("celsius", new Unit("temperature", 1)),
          Map.entry("f", new Unit("temperature", 2)),
          Map.entry("fahrenheit", new Unit("temperature", 2)));

  @Override
  public String name() {
    return "units";
  }

  @Override
  public String example() {
    return "Convert 24 GiB to MB";
  }

  @Override
  public Optional<String> answer(Question question, Facts facts) {
    Matcher m = ASKED.matcher(forwards(question.plain()));
    if (!m.find()) {
      return Optional.empty();
    }
    Optional<Unit> from = unit(m.group(2));
    Optional<Unit> to = unit(m.group(3));
    if (from.isEmpty() || to.isEmpty() || !from.get().kind().equals(to.get().kind())) {
      return Optional.empty();
    }
    double value = Double.parseDouble(m.group(1));
    double result =
        from.get().kind().equals("temperature")
            ? temperature(value, from.get(), to.get())
            : value * from.get().factor() / to.get().factor();
    return Optional.of(
        "%s %s is %s %s."
            .formatted(
                m.group(1),
                symbol(m.group(2), from.get()),
                Words.number(result),
                symbol(m.group(3), to.get())));
  }

  /** {@code how many MB are in a GB} as {@code 1 GB in MB}. */
  private static String forwards(String asked) {
    Matcher other = OTHER_WAY.matcher(asked);
    if (other.find()) {
      return "%s %s in %s".formatted(other.group(2), other.group(3), other.group(1));
    }
    Matcher m = BACKWARDS.matcher(asked);
    return m.find()
        ? "%s %s in %s"
            .formatted(m.group(2).matches("\\d.*") ? m.group(2) : "1", m.group(3), m.group(1))
        : asked;
  }

  private static String symbol(String written, Unit unit) {
    String upper = written.toUpperCase(Locale.ROOT);
    return switch (unit.kind()) {
      case "memory" -> written.length() > 3 ? written : upper.replace('I', 'i');
      case "temperature" -> written.length() == 1 ? "°" + upper : written;
      default -> written;
    };
  }

  private static double temperature(double value, Unit from, Unit to) {
    if (from.equals(to)) {
      return value;
    }
    return to.factor() == 2 ? value * 9 / 5 + 32 : (value - 32) * 5 / 9;
  }

  private static Optional<Unit> unit(String written) {
    String name = written.toLowerCase(Locale.ROOT).replace("°", "");
    return Optional.ofNullable(UNITS.get(name))
        .or(() -> Optional.ofNullable(UNITS.get(name.replaceAll("(e?s)$", ""))))
        .or(() -> Optional.ofNullable(UNITS.get(name.replaceAll("s$", ""))));
  }
}
