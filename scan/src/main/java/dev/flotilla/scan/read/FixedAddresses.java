package dev.flotilla.scan.read;

import dev.flotilla.scan.python.Expression;
import dev.flotilla.scan.rules.Rule;
import java.util.regex.Pattern;

/** Ports and addresses of one network, written into the program. */
final class FixedAddresses {
  private static final Pattern PRIVATE_ADDRESS =
      Pattern.compile(
          "(?<![\\d.])(?:10\\.\\d{1,3}|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))\\.\\d{1,3}\\.\\d{1,3}(?![\\d.])");
  private static final Pattern FIXED_PORT = Pattern.compile("://[^/:]*:(\\d{4,5})(?!\\d)");

  private FixedAddresses() {}

  static void call(Expression.Call call, Context context) {
    if (!(call.function() instanceof Expression.Attribute method)
        || !method.name().matches("bind|connect")
        || call.arguments().isEmpty()) {
      return;
    }
    String written =
        switch (call.arguments().getFirst()) {
          case Expression.Constant c -> c.text();
          case Expression.FormattedString f -> {
            StringBuilder text = new StringBuilder();
            for (Expression part : f.parts()) {
              text.append(part instanceof Expression.Constant c ? c.text() : "x");
            }
            yield text.toString();
          }
          default -> "";
        };
    var matcher = FIXED_PORT.matcher(written);
    if (matcher.find()) {
      context.report(
          Rule.HARD_PORT, call, method.name() + " with the fixed port " + matcher.group(1));
    }
  }

  static void constant(Expression.Constant constant, Context context) {
    String text = constant.text();
    if (text.length() >= 8 && text.indexOf('.') > 0 && text.length() < 300) {
      var matcher = PRIVATE_ADDRESS.matcher(text);
      if (matcher.find()) {
        context.report(Rule.HARD_ADDRESS, constant, "the address " + matcher.group() + " is fixed");
      }
    }
  }
}
