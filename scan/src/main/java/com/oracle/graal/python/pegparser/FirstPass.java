package com.oracle.graal.python.pegparser;

import com.oracle.graal.python.pegparser.sst.SSTNode;
import org.jspecify.annotations.Nullable;

/** The parser without the second pass that only looks for the words of an error message. */
public final class FirstPass {
  private FirstPass() {}

  /**
   * The tree of a file.
   *
   * @return null when the text does not parse; errors of the tokenizer come by the callbacks
   */
  public static @Nullable SSTNode run(Parser parser) {
    return parser.runParser(InputType.FILE);
  }
}
