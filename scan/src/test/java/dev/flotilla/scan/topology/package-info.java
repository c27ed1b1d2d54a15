/** Tests of the sockets. */
@NullMarked
package dev.flotilla.scan.topology;

import org.jspecify.annotations.NullMarked;
