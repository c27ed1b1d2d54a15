package dev.flotilla.hub.observability;

/** The page to talk with the fleet. Pure. */
final class ChatPage {
  private ChatPage() {}

  static Html of(String fleet) {
    return Html.of(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Chat · %s · Flotilla</title>
        <link rel="icon" href="/assets/hub.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/assets/hub.css">
        <link rel="stylesheet" href="/assets/chat.css">
        <script type="module" src="/assets/chat.js"></script>
        </head>
        <body class="chat">
        <header>
        <h1><svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 15h16l-3 5H7z"/><path d="M11 3v10H5zM13 6v7h5z"/></svg>%s</h1>
        <nav><a href="/">Agents</a></nav>
        <label class="model">Asks <select id="model" aria-label="Who is asked"><option>auto</option></select></label>
        <button id="new" type="button">New talk</button>
        </header>
        <noscript><p class="note">Talking needs scripts. In a terminal: flotilla ask</p></noscript>
        <main id="talk" aria-live="polite" tabindex="-1">
        <section id="begin" class="note"><p>Ask about the fleet, for example:</p>
        <p><button type="button" class="try">Which agents are unhealthy?</button>
        <button type="button" class="try">What changed?</button>
        <button type="button" class="try">What can you do?</button></p></section>
        </main>
        <form id="ask"><label class="visually-hidden" for="text">Your question</label>\
        <textarea id="text" rows="1" placeholder="Ask the fleet" autofocus></textarea>\
        <button type="submit" id="send">Ask</button></form>
        </body>
        </html>
        """,
        fleet, fleet);
  }
}
