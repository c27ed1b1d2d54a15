/** Tests of reading manifests; {@link Manifests} loads texts. */
@NullMarked
package dev.flotilla.model.manifest;

import org.jspecify.annotations.NullMarked;
