package dev.flotilla.cli.wiring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Logs to standard output, one line an event, as much as the system property {@code flotilla.log}
 * says: {@code info} in nodes and hosts, where the output is a file, and errors alone elsewhere.
 * Set up in code, since reading a configuration file would take longer than most commands.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
  /** Names the level. */
  public static final String PROPERTY = "flotilla.log";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Lines lines = new Lines();
    lines.setContext(context);
    lines.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(lines);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setEncoder(encoder);
    console.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(System.getProperty(PROPERTY), Level.ERROR));
    root.addAppender(console);
    context.getLogger("io.helidon").setLevel(Level.ERROR);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static final class Lines extends LayoutBase<ILoggingEvent> {
    @Override
    public String doLayout(ILoggingEvent event) {
      String logger = event.getLoggerName();
      StringBuilder line =
          new StringBuilder()
              .append(event.getInstant())
              .append(' ')
              .append(event.getLevel())
              .append(' ')
              .append(logger.substring(logger.lastIndexOf('.') + 1))
              .append(": ")
              .append(event.getFormattedMessage())
              .append('\n');
      var thrown = event.getThrowableProxy();
      if (thrown != null) {
        line.append(ch.qos.logback.classic.spi.ThrowableProxyUtil.asString(thrown)).append('\n');
      }
      return line.toString();
    }
  }
}
