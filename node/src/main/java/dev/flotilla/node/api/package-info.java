/**
 * What the command line asks of a running node, over HTTP on loopback with a token. Start reading
 * at {@link dev.flotilla.node.api.LocalApi}.
 */
@NullMarked
package dev.flotilla.node.api;

import org.jspecify.annotations.NullMarked;
