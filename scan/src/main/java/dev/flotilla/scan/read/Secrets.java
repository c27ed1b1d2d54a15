package dev.flotilla.scan.read;

import dev.flotilla.scan.rules.Severity;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a credential looks like. */
public final class Secrets {
  private static final Pattern NAME =
      Pattern.compile(
          "(?:^|[_\\-.])(?:pass(?:wo?r?d|phrase)?|passwd|pwd|secret|token|api_?key|apikey"
              + "|access_?key|private_?key|secret_?key|auth_?key|client_?secret|credentials?)$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "(?i).*(?:your|example|placeholder|changeme|change_me|xxx|dummy|sample|redacted|<.*>"
              + "|\\$\\{|\\{\\{|\\.\\.\\.|not[_ -]?set|none|null|todo|insert|replace|env\\().*");
  private static final Pattern SHAPES =
      Pattern.compile(
          "^(?:(?<github>gh[pousr]_[A-Za-z0-9]{36,})|(?<openai>sk-(?:proj-|ant-)?[A-Za-z0-9_-]{20,})"
              + "|(?<aws>(?:AKIA|ASIA)[A-Z0-9]{16})|(?<google>AIza[A-Za-z0-9_-]{35})"
              + "|(?<slack>xox[abprs]-[A-Za-z0-9-]{10,})|(?<huggingface>hf_[A-Za-z0-9]{30,})"
              + "|(?<jwt>eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]+))$");

  private Secrets() {}

  /** How sure it is that a text is a credential. */
  enum Strength {
    RANDOM(Severity.CRITICAL),
    PLAIN(Severity.MEDIUM);

    private final Severity severity;

    Strength(Severity severity) {
      this.severity = severity;
    }

    Severity severity() {
      return severity;
    }
  }

  /** A text that is a key by its very shape. */
  public static Optional<String> known(String text) {
    if (text.length() < 16 || text.length() > 4000) {
      return Optional.empty();
    }
    if (text.startsWith("-----BEGIN ") && text.contains("PRIVATE KEY-----")) {
      return Optional.of("a private key");
    }
    char first = text.charAt(0);
    if ("gsAxhe".indexOf(first) < 0 || PLACEHOLDER.matcher(text).matches()) {
      return Optional.empty();
    }
    var matcher = SHAPES.matcher(text);
    if (!matcher.matches() || entropy(text) < 3.2) {
      return Optional.empty();
    }
    String name =
        matcher.group("github") != null
            ? "a GitHub token"
            : matcher.group("aws") != null
                ? "an AWS key"
                : matcher.group("google") != null
                    ? "a Google key"
                    : matcher.group("slack") != null
                        ? "a Slack token"
                        : matcher.group("huggingface") != null
                            ? "a Hugging Face token"
                            : matcher.group("jwt") != null ? "a signed token" : "an API key";
    return Optional.of(name);
  }

  /** Whether a text given to that name is a credential. */
  static Optional<Strength> judge(String name, String text) {
    if (text.length() < 4
        || text.length() > 300
        || !NAME.matcher(name).find()
        || PLACEHOLDER.matcher(text).matches()
        || looksLikeName(name, text)) {
      return Optional.empty();
    }
    return Optional.of(
        text.length() >= 16 && entropy(text) >= 3.5 && text.matches(".*\\d.*")
            ? Strength.RANDOM
            : Strength.PLAIN);
  }

  /** A key, variable, path, sentence or message rather than a value. */
  private static boolean looksLikeName(String name, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return text.indexOf(' ') >= 0
        || text.indexOf('/') >= 0
        || text.indexOf('{') >= 0
        || text.startsWith("[")
        || text.startsWith("<")
        || text.indexOf('%') >= 0
        || text.indexOf(':') >= 0
        || (text.equals(text.toUpperCase(Locale.ROOT)) && text.matches("[A-Z_]+[A-Z0-9_]*"))
        || NAME.matcher(lower).find()
        || lower.equals(name.toLowerCase(Locale.ROOT))
        || lower.matches(
            "true|false|bearer|basic|string|str|text|enabled|disabled|oauth2?|jwt|\\w+_token_\\w+")
        || lower.matches("[a-z]+([_.-][a-z]+)+");
  }

  static boolean isUserName(String key) {
    return key.toLowerCase(Locale.ROOT).matches("user(name)?|login|default_user");
  }

  static boolean isDefaultLogin(String user, String key, String value) {
    return key.toLowerCase(Locale.ROOT).matches("pass(word|wd)?|pwd|default_password")
        && !user.isEmpty()
        && (value.equals(user) || value.matches("(?i)password|changeme|12345?6?|root|guest"));
  }

  /** The first characters only. */
  static String redacted(String text) {
    return text.substring(0, Math.min(3, text.length() / 3)) + "…(" + text.length() + ")";
  }

  /** Shannon entropy in bits for each character. */
  static double entropy(String text) {
    Map<Character, Integer> counts = new HashMap<>();
    for (int i = 0; i < text.length(); i++) {
      counts.merge(text.charAt(i), 1, Integer::sum);
    }
    double sum = 0;
    for (int count : counts.values()) {
      double p = (double) count / text.length();
      sum -= p * Math.log(p) / Math.log(2);
    }
    return sum;
  }
}
