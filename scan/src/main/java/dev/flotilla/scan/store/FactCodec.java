package dev.flotilla.scan.store;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.Prints;
import dev.flotilla.scan.rules.Confidence;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.Severity;
import java.util.ArrayList;
import java.util.List;

/** Facts of a file to bytes and back. */
final class FactCodec {

  private FactCodec() {}

  static void write(FileFacts facts, ByteSink out) {
    out.text(facts.path());
    out.text(facts.language().name());
    out.number(facts.lines());
    out.text(facts.state().name());
    out.number(facts.findings().size());
    for (Finding finding : facts.findings()) {
      out.text(finding.rule().name());
      out.text(finding.severity().name());
      out.text(finding.confidence().name());
      out.number(finding.line());
      out.number(finding.column());
      out.text(finding.symbol());
      out.text(finding.message());
    }
    out.number(facts.facts().size());
    for (Fact fact : facts.facts()) {
      out.text(fact.kind().name());
      out.number(fact.line());
      out.text(fact.symbol());
      out.number(fact.values().size());
      fact.values().forEach(out::text);
    }
    Prints prints = facts.prints();
    out.number(prints.tokens());
    out.number(prints.size());
    for (int i = 0; i < prints.size(); i++) {
      out.word(prints.print(i));
      out.number(prints.line(i));
    }
  }

  static FileFacts read(ByteSource in) {
    String path = in.text();
    FileFacts.Language language = FileFacts.Language.valueOf(in.text());
    int lines = in.number();
    FileFacts.State state = FileFacts.State.valueOf(in.text());
    int findingCount = in.number();
    List<Finding> findings = new ArrayList<>(findingCount);
    for (int i = 0; i < findingCount; i++) {
      findings.add(
          new Finding(
              Rule.valueOf(in.text()),
              Severity.valueOf(in.text()),
              Confidence.valueOf(in.text()),
              path,
              in.number(),
              in.number(),
              in.text(),
              in.text()));
    }
    int factCount = in.number();
    List<Fact> facts = new ArrayList<>(factCount);
    for (int i = 0; i < factCount; i++) {
      Fact.Kind kind = Fact.Kind.valueOf(in.text());
      int line = in.number();
      String symbol = in.text();
      String[] values = new String[in.number()];
      for (int j = 0; j < values.length; j++) {
        values[j] = in.text();
      }
      facts.add(new Fact(kind, line, symbol, List.of(values)));
    }
    int tokens = in.number();
    int size = in.number();
    long[] prints = new long[size];
    int[] printLines = new int[size];
    for (int i = 0; i < size; i++) {
      prints[i] = in.word();
      printLines[i] = in.number();
    }
    return new FileFacts(
        path, language, lines, state, findings, facts, new Prints(prints, printLines, tokens));
  }
}
