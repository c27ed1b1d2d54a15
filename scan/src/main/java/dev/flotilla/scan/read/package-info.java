/**
 * Files to facts: one reader a language, each a pure function of a file's path and bytes. Start at
 * {@link dev.flotilla.scan.read.FileReader}; for Python, at {@link
 * dev.flotilla.scan.read.PythonReader}.
 */
@NullMarked
package dev.flotilla.scan.read;

import org.jspecify.annotations.NullMarked;
