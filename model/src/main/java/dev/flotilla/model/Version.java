package dev.flotilla.model;

/** Which Flotilla this is. A test holds it to the version of the build. */
public final class Version {
  public static final String CURRENT = "0.1.0";

  private Version() {}
}
