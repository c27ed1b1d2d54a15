/**
 * From {@code fleet.yaml} to a {@link dev.flotilla.model.Fleet}: limits, shape, substitution,
 * defaults, then the records, with every mistake reported at once. Start reading at {@link
 * dev.flotilla.model.manifest.ManifestLoader}.
 */
@NullMarked
package dev.flotilla.model.manifest;

import org.jspecify.annotations.NullMarked;
