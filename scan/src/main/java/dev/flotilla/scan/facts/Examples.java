package dev.flotilla.scan.facts;

import java.util.regex.Pattern;

/** Which paths show how something is done and are meant neither to run nor to be imported. */
public final class Examples {
  private static final Pattern FOLDER =
      Pattern.compile("(?:^|/)(?:docs?|(?:\\w+_)?(?:examples?|samples?|templates?))/");

  private Examples() {}

  /** Whether a path lies in documentation or among examples. */
  public static boolean contains(String path) {
    return FOLDER.matcher(path).find();
  }
}
