package dev.flotilla.plan.view;

import dev.flotilla.plan.Mark;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.event.PhaseState;
import dev.flotilla.plan.store.Stored;
import java.util.List;

/** Plans as a table and as a page. Pure. */
public final class Exports {
  private Exports() {}

  /** One line a phase, RFC 4180. */
  public static String csv(List<Stored> plans) {
    StringBuilder out =
        new StringBuilder(
            "plan,status,phase,title,done,verdict,forced,who,at,tasks done,tasks\r\n");
    for (Stored stored : plans) {
      for (Phase phase : stored.plan().phases()) {
        PhaseState state = stored.history().phase(phase);
        long ticked = phase.tasks().stream().filter(t -> t.mark() == Mark.DONE).count();
        String verdict =
            !phase.done() ? "" : state.current().map(e -> e.text("verdict")).orElse("reported");
        row(
            out,
            stored.plan().id(),
            stored.plan().status(),
            Integer.toString(phase.index()),
            phase.title(),
            Boolean.toString(phase.done()),
            verdict,
            Boolean.toString(state.forced()),
            phase.done() ? state.current().map(e -> e.who()).orElse("") : "",
            phase.done() ? state.current().map(e -> e.at().toString()).orElse("") : "",
            Long.toString(ticked),
            Long.toString(phase.boxes()));
      }
    }
    return out.toString();
  }

  private static void row(StringBuilder out, String... fields) {
    for (int i = 0; i < fields.length; i++) {
      String field = fields[i];
      boolean formula = !field.isEmpty() && "=+-@".indexOf(field.charAt(0)) >= 0;
      String safe = formula ? "'" + field : field;
      boolean quote = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
      out.append(i == 0 ? "" : ",").append(quote ? '"' + safe.replace("\"", "\"\"") + '"' : safe);
    }
    out.append("\r\n");
  }

  /** A page that stands alone. */
  public static String html(List<Stored> plans) {
    StringBuilder out =
        new StringBuilder(
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Plans</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>
            body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d2733;background:#fff}
            h1{font-size:1.4rem;margin-top:2.5rem}summary{cursor:pointer;padding:.3rem 0}
            pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f4f6f8;padding:1rem;border-radius:6px}
            .meta{color:#566}.done{color:#176b34}.forced{color:#a33}
            @media(prefers-color-scheme:dark){body{color:#dde5ee;background:#12181f}pre{background:#1c242d}.meta{color:#9ab}.done{color:#6fcf8f}.forced{color:#ff9a8a}}
            </style></head><body>
            """);
    for (Stored stored : plans) {
      out.append("<h1>").append(text(stored.plan().id())).append("</h1>\n<p>");
      out.append(text(stored.plan().description())).append("</p>\n<p class=\"meta\">");
      out.append(text(stored.plan().status())).append(" · created ");
      out.append(text(stored.plan().created())).append("</p>\n");
      stored.plan().phases().forEach(phase -> phase(out, stored, phase));
    }
    return out.append("</body></html>\n").toString();
  }

  private static void phase(StringBuilder out, Stored stored, Phase phase) {
    PhaseState state = stored.history().phase(phase);
    out.append("<details><summary>");
    out.append(phase.done() ? "<span class=\"done\">✔</span> " : "○ ");
    out.append(text(phase.headline()));
    out.append(state.forced() ? " <strong class=\"forced\">forced</strong>" : "");
    out.append("</summary>\n");
    if (phase.done()) {
      out.append("<p class=\"meta\">").append(text(ShowText.evidence(state))).append("</p>\n");
    }
    out.append("<pre>").append(text(phase.body().of(stored.plan().text()).strip()));
    out.append("</pre></details>\n");
  }

  private static String text(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
