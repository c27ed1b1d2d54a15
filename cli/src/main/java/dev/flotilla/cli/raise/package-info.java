/**
 * Makes libraries that were compiled for very old Java fit for an AOT cache, which refuses them as
 * they are. Start reading at {@link dev.flotilla.cli.raise.RaiseJar}.
 */
@NullMarked
package dev.flotilla.cli.raise;

import org.jspecify.annotations.NullMarked;
