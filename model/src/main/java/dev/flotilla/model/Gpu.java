package dev.flotilla.model;

/**
 * A card.
 *
 * @param index as the driver numbers it, from 0
 * @param name for people, such as {@code RTX 4090}
 * @param vram memory on the card
 */
public record Gpu(int index, String name, Bytes vram) {}
