package dev.flotilla.scan.python;

import java.util.List;
import java.util.Optional;

/**
 * One {@code except} clause.
 *
 * @param type what it catches; absent for a bare {@code except:}
 * @param name what the exception is bound to; empty when it is not
 */
public record Handler(Optional<Expression> type, String name, List<Statement> body, Span span)
    implements Node {}
