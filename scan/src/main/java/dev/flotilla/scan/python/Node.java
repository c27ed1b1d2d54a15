package dev.flotilla.scan.python;

/** Anything in the tree that has a place in the file. */
public sealed interface Node
    permits Expression, Statement, Alias, Handler, Keyword, Parameter, MatchCase {
  /** Where it stands. */
  Span span();
}
