/**
 * What the cards of this machine hold, as NVIDIA's management library tells. Start reading at
 * {@link dev.flotilla.node.card.CardReader}.
 */
@NullMarked
package dev.flotilla.node.card;

import org.jspecify.annotations.NullMarked;
