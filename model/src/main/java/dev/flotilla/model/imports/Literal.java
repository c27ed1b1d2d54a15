package dev.flotilla.model.imports;

/** Text that is written as it stands, without quotes: a variable in place of a truth value. */
record Literal(String text) {
  @Override
  public String toString() {
    return text;
  }
}
