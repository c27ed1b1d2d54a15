/**
 * The configuration of a service as a typed record, read strictly from the manifest. Start reading
 * at {@link dev.flotilla.kernel.config.Configuration}.
 */
@NullMarked
package dev.flotilla.kernel.config;

import org.jspecify.annotations.NullMarked;
