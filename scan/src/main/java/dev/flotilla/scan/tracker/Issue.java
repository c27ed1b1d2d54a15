package dev.flotilla.scan.tracker;

/**
 * An issue as the tracker has it.
 *
 * @param number the tracker's
 * @param open whether it is open
 * @param body as written, markers included
 */
public record Issue(int number, String title, boolean open, String body) {}
