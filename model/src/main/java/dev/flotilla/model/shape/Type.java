package dev.flotilla.model.shape;

import dev.flotilla.model.Bytes;
import java.util.List;
import java.util.regex.Pattern;

/** What a value may be. */
public sealed interface Type {

  /** In words, after "expected": {@code a duration such as 30s}. */
  String expected();

  /** One text, number or truth value. */
  sealed interface OfScalar extends Type {
    boolean accepts(String text);
  }

  /** Any text that is not empty. */
  record Text(String expected) implements OfScalar {
    @Override
    public boolean accepts(String text) {
      return !text.isBlank();
    }
  }

  /** Any text, the empty one too. */
  record AnyText(String expected) implements OfScalar {
    @Override
    public boolean accepts(String text) {
      return true;
    }
  }

  /** Text of a form. */
  record Matching(Pattern pattern, String expected) implements OfScalar {
    public static Matching of(String regex, String expected) {
      return new Matching(Pattern.compile(regex), expected);
    }

    @Override
    public boolean accepts(String text) {
      return pattern.matcher(text).matches();
    }
  }

  /** One of a few words. */
  record OneOf(List<String> words) implements OfScalar {
    public OneOf {
      words = List.copyOf(words);
    }

    public static OneOf of(String... words) {
      return new OneOf(List.of(words));
    }

    @Override
    public String expected() {
      return words.size() == 1 ? words.getFirst() : "one of " + String.join(", ", words);
    }

    @Override
    public boolean accepts(String text) {
      return words.contains(text);
    }
  }

  /** {@code true} or {@code false}. */
  record YesNo() implements OfScalar {
    @Override
    public String expected() {
      return "true or false";
    }

    @Override
    public boolean accepts(String text) {
      return Scalars.yesNo(text).isPresent();
    }
  }

  /** A whole number. */
  record Whole(long min, long max, String noun) implements OfScalar {
    @Override
    public String expected() {
      return noun + " from " + min + " to " + max;
    }

    @Override
    public boolean accepts(String text) {
      return Scalars.whole(text).filter(n -> n >= min && n <= max).isPresent();
    }
  }

  /** A number. */
  record Decimal(double min, double max, String noun) implements OfScalar {
    @Override
    public String expected() {
      return noun + " from " + plain(min) + " to " + plain(max);
    }

    private static String plain(double number) {
      return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    @Override
    public boolean accepts(String text) {
      return Scalars.decimal(text).filter(n -> n >= min && n <= max).isPresent();
    }
  }

  /** A share in per cent. */
  record Percent() implements OfScalar {
    @Override
    public String expected() {
      return "a share such as 10%";
    }

    @Override
    public boolean accepts(String text) {
      return Scalars.percent(text).isPresent();
    }
  }

  /** A length of time. */
  record Span() implements OfScalar {
    @Override
    public String expected() {
      return "a duration such as 500ms, 30s, 2m or 1m30s";
    }

    @Override
    public boolean accepts(String text) {
      return Scalars.duration(text).isPresent();
    }
  }

  /** An amount of memory. */
  record Size() implements OfScalar {
    @Override
    public String expected() {
      return "a size such as 512MiB or 24GB";
    }

    @Override
    public boolean accepts(String text) {
      return Bytes.parse(text).isPresent();
    }
  }

  /** A list of values of one type. */
  record ListOf(Type item, String expected) implements Type {}

  /** A mapping from names to values of one type. */
  record MapOf(Matching key, Type value, String expected) implements Type {}

  /** A mapping with known keys. */
  record Section(Shape shape) implements Type {
    @Override
    public String expected() {
      return shape.name();
    }
  }

  /** The first of several that fits. */
  record Either(List<Type> options) implements Type {
    public Either {
      options = List.copyOf(options);
    }

    public static Either of(Type... options) {
      return new Either(List.of(options));
    }

    @Override
    public String expected() {
      return String.join(", or ", options.stream().map(Type::expected).toList());
    }
  }

  /** Any YAML. */
  record Anything(String expected) implements Type {}
}
