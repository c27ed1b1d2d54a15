/**
 * From the manifest, the cards and what was learnt to what the pool decides with. Start reading at
 * {@link dev.flotilla.assistant.models.catalogue.Catalogue}.
 */
@NullMarked
package dev.flotilla.assistant.models.catalogue;

import org.jspecify.annotations.NullMarked;
