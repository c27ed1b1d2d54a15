package dev.flotilla.hub.observability;

import java.util.List;
import java.util.stream.Stream;

/** The page with the list of agents. Pure. */
final class FleetPage {
  private FleetPage() {}

  static Html of(HealthSummary summary, List<Html> rows) {
    return Html.of(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s · Flotilla</title>
        <link rel="icon" href="/assets/hub.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/assets/hub.css">
        <script type="module" src="/assets/hub.js"></script>
        <noscript><meta http-equiv="refresh" content="5"></noscript>
        </head>
        <body>
        <a class="skip" href="#agents">Skip to the agents</a>
        <header>
        <h1><svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 15h16l-3 5H7z"/><path d="M11 3v10H5zM13 6v7h5z"/></svg>%s</h1>
        <p id="verdict" class="%s" role="status" aria-live="polite">%s</p>
        <button id="theme" type="button" title="Light, dark, or as the system">Theme</button>
        </header>
        <p id="connection" role="alert" hidden></p>
        <section class="controls" aria-label="Filter">
        <label class="search"><span class="visually-hidden">Filter by name, group, machine, port or reason</span>\
        <input id="filter" type="search" placeholder="Filter  ( / )" autocomplete="off" spellcheck="false"></label>
        <div class="chips" role="group" aria-label="Show only">%s</div>
        <p id="shown" aria-live="polite"></p>
        </section>
        <main id="agents" tabindex="-1">
        <table>
        <caption class="visually-hidden">Agents of the fleet</caption>
        <thead><tr><th scope="col">Agent</th><th scope="col">State</th><th scope="col">Reason</th>\
        <th scope="col" class="number">Up</th><th scope="col" class="number">Restarts</th>\
        <th scope="col" class="number">Memory</th><th scope="col" class="number">CPU</th>\
        <th scope="col">Ports</th><th scope="col">Group</th><th scope="col">Machine</th></tr></thead>
        <tbody id="rows">
        %s</tbody>
        </table>
        <p id="nothing" hidden>No agent matches the filter.</p>
        </main>
        <footer><a href="/chat">Chat</a> <a href="/health_summary">Health summary</a> <a href="/metrics">Metrics</a>\
         <a href="/openapi.json">Operations</a> <span id="seen">as of %s</span></footer>
        </body>
        </html>
        """,
        summary.fleet(),
        summary.fleet(),
        summary.ok() ? "fine" : "trouble",
        summary.verdict(),
        chips(summary),
        Html.join(rows),
        summary.at().toString().replaceAll("\\.\\d+", ""));
  }

  private static Html chips(HealthSummary summary) {
    return Html.join(
        Stream.concat(
                Stream.of(chip("", "all", summary.agents().size())),
                Stream.of(Tone.values())
                    .map(
                        t ->
                            chip(
                                t.label(), t.words(), summary.counts().getOrDefault(t.label(), 0))))
            .toList());
  }

  private static Html chip(String tone, String words, int count) {
    return Html.of(
        "<button type=\"button\" class=\"chip %s\" data-tone=\"%s\" aria-pressed=\"%s\">"
            + "<span class=\"count\">%s</span> %s</button>",
        tone, tone, tone.isEmpty(), count, words);
  }
}
