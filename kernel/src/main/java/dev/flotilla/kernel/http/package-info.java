/**
 * One small HTTP listener for services, pages and the node's local API. Start reading at {@link
 * dev.flotilla.kernel.http.Routes}.
 */
@NullMarked
package dev.flotilla.kernel.http;

import org.jspecify.annotations.NullMarked;
