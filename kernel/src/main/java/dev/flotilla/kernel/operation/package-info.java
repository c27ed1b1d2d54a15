/**
 * Operations: declared once, answered on the bus and over HTTP, called through a breaker and under
 * a deadline. Start reading at {@link dev.flotilla.kernel.operation.Operation}.
 */
@NullMarked
package dev.flotilla.kernel.operation;

import org.jspecify.annotations.NullMarked;
