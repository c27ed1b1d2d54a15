package dev.flotilla.scan.fix;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be mended.
 *
 * @param fixes kinds
 * @param versions known versions by normalised distribution, such as those of {@code pip freeze};
 *     they go before those of the repository
 * @param generate a folder, relative to the root, that gets a {@code requirements.txt} of what its
 *     Python files import; empty for the root
 */
public record FixRequest(Set<Fix> fixes, Map<String, String> versions, Optional<String> generate) {}
