package dev.flotilla.scan.read;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.python.Lexed;
import dev.flotilla.scan.python.Span;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.Severity;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Comments that ask for work, and comments that silence rules. */
final class Comments {
  private static final Pattern TODO =
      Pattern.compile(
          "(?:^#[#!*\\s]*(TODO|FIXME|XXX|HACK)(?![\\w-])|\\b(TODO|FIXME|XXX|HACK)(?:\\([^)]*\\))?:)[\\s:(]*(.*)");
  private static final Pattern NOQA =
      Pattern.compile("(?i)#\\s*noqa\\b(?:\\s*:\\s*([A-Z]+[0-9]+(?:[,\\s]+[A-Z]+[0-9]+)*))?");
  private static final Pattern NOSEC = Pattern.compile("(?i)#\\s*nosec\\b");

  private Comments() {}

  static void check(Lexed lexed, Context context) {
    for (Lexed.Comment comment : lexed.comments()) {
      String text = comment.text();
      if (text.indexOf('O') >= 0 || text.indexOf('X') >= 0 || text.indexOf('H') >= 0) {
        todo(comment, context);
      }
      if (text.indexOf('n') >= 0 || text.indexOf('N') >= 0) {
        silence(comment, context);
      }
    }
  }

  private static void todo(Lexed.Comment comment, Context context) {
    Matcher matcher = TODO.matcher(comment.text());
    if (matcher.find()) {
      Span span = new Span(comment.line(), comment.column(), comment.line(), 0);
      String tag = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      String what = matcher.group(3).strip();
      context.facts().add(Fact.of(Fact.Kind.TODO, comment.line(), "", tag, what));
      Severity severity = tag.equals("FIXME") ? Severity.MEDIUM : Severity.LOW;
      context.report(Rule.TODO, severity, span, tag + ": " + what);
    }
  }

  private static void silence(Lexed.Comment comment, Context context) {
    Matcher noqa = NOQA.matcher(comment.text());
    if (noqa.find()) {
      String codes = noqa.group(1) == null ? "" : noqa.group(1).replaceAll("[,\\s]+", ",");
      context.facts().add(Fact.of(Fact.Kind.NOQA, comment.line(), "", codes));
    } else if (NOSEC.matcher(comment.text()).find()) {
      context.facts().add(Fact.of(Fact.Kind.NOQA, comment.line(), "", "nosec"));
    }
  }
}
