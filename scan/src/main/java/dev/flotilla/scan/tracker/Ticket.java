package dev.flotilla.scan.tracker;

import java.util.List;

/**
 * An issue as it should be.
 *
 * @param kind {@code todo} or {@code backup}
 * @param fingerprint stays the same when lines move
 * @param text a hash of the words alone, by which a thing is found again in another file
 * @param title in one line
 * @param body Markdown
 * @param labels to put on a new issue
 */
public record Ticket(
    String kind, String fingerprint, String text, String title, String body, List<String> labels) {}
