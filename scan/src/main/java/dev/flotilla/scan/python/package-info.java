/**
 * Python source text to a small syntax tree of our own, with CPython 3.11's verdict on whether it
 * parses and a best-effort tree where it does not. Start at {@link
 * dev.flotilla.scan.python.PythonSource#parse}; nothing outside this package knows which parser
 * does the work.
 */
@NullMarked
package dev.flotilla.scan.python;

import org.jspecify.annotations.NullMarked;
