/**
 * Many small messages sent as few: gathered by the publisher, unpacked by the receiver. Start
 * reading at {@link dev.flotilla.kernel.batch.BatchingPublisher}.
 */
@NullMarked
package dev.flotilla.kernel.batch;

import org.jspecify.annotations.NullMarked;
