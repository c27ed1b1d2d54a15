package dev.flotilla.scan.tracker;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of an issue's body that belongs to Flotilla, between two comments that readers do not
 * see. What people write around it stays theirs.
 *
 * @param gone whether the issue was closed because its finding had gone
 * @param content between the comments
 */
record Marker(String kind, String fingerprint, String text, boolean gone, String content) {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?s)<!-- flotilla-scan (\\w+) (\\w+) (\\w+)( gone)? -->\\R(.*?)\\R<!-- /flotilla-scan"
              + " -->");

  static Marker of(Ticket ticket) {
    return new Marker(ticket.kind(), ticket.fingerprint(), ticket.text(), false, ticket.body());
  }

  static Optional<Marker> in(String body) {
    Matcher matcher = BLOCK.matcher(body);
    return matcher.find()
        ? Optional.of(
            new Marker(
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                matcher.group(4) != null,
                matcher.group(5).replace("\r\n", "\n")))
        : Optional.empty();
  }

  Marker asGone() {
    return new Marker(kind, fingerprint, text, true, content);
  }

  /** A body with this in it; what stands around the old one stays. */
  String into(String body) {
    Matcher matcher = BLOCK.matcher(body);
    return matcher.find()
        ? body.substring(0, matcher.start()) + block() + body.substring(matcher.end())
        : block();
  }

  private String block() {
    String head = kind + " " + fingerprint + " " + text + (gone ? " gone" : "");
    return "<!-- flotilla-scan " + head + " -->\n" + content + "\n<!-- /flotilla-scan -->";
  }
}
