/**
 * From what is out there to a manifest: start-up configurations of agent systems and compose files.
 * What has no place in a manifest is kept under {@code x-} keys and reported; nothing is dropped
 * silently. Start reading at {@link dev.flotilla.model.imports.FleetImport}.
 */
@NullMarked
package dev.flotilla.model.imports;

import org.jspecify.annotations.NullMarked;
