/**
 * Plan commands answered by a node that runs anyway, so that the command itself is only a socket
 * and two streams. Start reading at {@link dev.flotilla.cli.thin.Counter}; what goes over the
 * socket is {@link dev.flotilla.cli.thin.Question} and {@link dev.flotilla.cli.thin.Answer}.
 */
@NullMarked
package dev.flotilla.cli.thin;

import org.jspecify.annotations.NullMarked;
