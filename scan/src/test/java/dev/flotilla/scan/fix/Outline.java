package dev.flotilla.scan.fix;

import dev.flotilla.scan.python.PythonSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program's tree as text without places, in which both sides of a fix look the same: a
 * SafeExecutor like its try, a variable with a default like that default, and no import that fixes
 * add.
 */
final class Outline {
  private static final String CONSTANT = "Constant\\[kind=STRING, text=([^\\]]*)]";

  private Outline() {}

  static String of(PythonSource tree) {
    StringBuilder all = new StringBuilder();
    tree.body().forEach(s -> all.append(s).append('\n'));
    String text = all.toString().replaceAll(", span=Span\\[[^\\]]*]", "");
    text =
        text.replaceAll("(?m)^Import\\[names=\\[Alias\\[name=os, bound=os]]]\\n", "")
            .replaceAll("(?m)^ImportFrom\\[module=flotilla,.*\\n", "");
    text =
        text.replaceAll(
            "Call\\[function=Attribute\\[value=Attribute\\[value=Name\\[id=os], name=environ],"
                + " name=get], arguments=\\["
                + CONSTANT
                + ", "
                + CONSTANT
                + "], keywords=\\[]]",
            "Constant[kind=STRING, text=$2]");
    text =
        text.replaceAll(
            "Placeholder\\[value=" + CONSTANT + ", format=Optional.empty]",
            "Constant[kind=STRING, text=$1]");
    String before;
    do {
      before = text;
      text = text.replaceAll(CONSTANT + ", " + CONSTANT, "Constant[kind=STRING, text=$1$2]");
      text =
          text.replaceAll(
              "FormattedString\\[parts=\\[" + CONSTANT + "]]", "Constant[kind=STRING, text=$1]");
    } while (!text.equals(before));
    return withoutTries(text);
  }

  /** Only what tells the two ways of catching apart goes; every statement within stays. */
  private static String withoutTries(String text) {
    Matcher matcher =
        Pattern.compile(
                "With\\[items=\\[Item\\[context=Call\\[function=Name\\[id=SafeExecutor].*?target=Optional\\[Name\\[id=\\w+]]]],"
                    + " body=|, async=false], If\\[test=Operation\\[form=COMPARISON,"
                    + " operators=\\[[^\\]]*], operands=\\[Attribute\\[value=Name\\[id=\\w+],"
                    + " name=error], Constant\\[kind=NONE, text=[^\\]]*]]], body=|Try\\[body=|,"
                    + " handlers=\\[Handler\\[type=Optional[^\\]]*(?:]]|]|), name=\\w*, body=|,"
                    + " orElse=\\[], finalBody=\\[]|, orElse=\\[]|,"
                    + " async=false|Assign\\[targets=\\[Name\\[id=e]],"
                    + " value=Attribute\\[value=Name\\[id=\\w+], name=error]], |[\\[\\]]")
            .matcher(text);
    return matcher.replaceAll("");
  }
}
