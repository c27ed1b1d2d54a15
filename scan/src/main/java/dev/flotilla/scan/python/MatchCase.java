package dev.flotilla.scan.python;

import java.util.List;

/**
 * One {@code case} of a {@code match}.
 *
 * @param expressions the values its pattern and guard mention
 * @param irrefutable whether it is {@code case _} or a bare name without a guard
 */
public record MatchCase(
    List<Expression> expressions, boolean irrefutable, List<Statement> body, Span span)
    implements Node {}
