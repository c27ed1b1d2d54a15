package dev.flotilla.assistant.router;

import java.util.Optional;

/**
 * What the router looks at.
 *
 * @param model the model the request names; empty or {@code auto} leaves the choice to the router
 * @param taskClass the class the caller names in the header {@code X-Flotilla-Task}
 * @param text what the user said last
 */
public record Asked(Optional<String> model, Optional<String> taskClass, String text) {}
