package dev.flotilla.bus.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One client as the protocol sees it: takes its bytes, leaves the answers in its outbox. Knows
 * nothing of sockets and threads; times are nanoseconds of one clock.
 */
final class Session implements Parser.Handler {
  private static final byte[] MSG = "MSG ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HMSG = "HMSG ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BLANK = {' '};
  private static final byte[] NO_RESPONDERS =
      " 16 16\r\nNATS/1.0 503\r\n\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** What a session needs of the server. */
  record Context(Router router, Authenticator authenticator, Limits limits) {}

  /** Told when something waits in the outbox, so that it is written soon. */
  @FunctionalInterface
  interface Listener {
    void hasOutput();
  }

  private final Context context;
  private final Outbox out;
  private final Listener listener;
  private final String nonce;
  private final long since;
  private final Parser parser;
  private final Map<String, Subscriber> subscribers = new HashMap<>();

  private ConnectOptions options = ConnectOptions.UNSAID;
  private boolean admitted;
  private Optional<String> ended = Optional.empty();
  private long lastHeard;
  private long lastPing;
  private int pingsOut;
  private long messagesIn;
  private long messagesOut;

  Session(Context context, Outbox out, Listener listener, String nonce, long now) {
    this.context = context;
    this.out = out;
    this.listener = listener;
    this.nonce = nonce;
    this.since = now;
    this.lastHeard = now;
    this.lastPing = now;
    this.admitted = !context.authenticator().required();
    this.parser = new Parser(context.limits().maxControlLine(), context.limits().maxPayload());
  }

  /** Takes what the client sent. */
  void receive(byte[] in, int from, int to, long now) {
    if (ended.isPresent()) {
      return;
    }
    lastHeard = now;
    try {
      parser.feed(in, from, to, this);
    } catch (ProtocolException e) {
      end(e);
    }
  }

  /** Looks at the time: asks whether the client is there, and ends what took too long. */
  void tick(long now) {
    Limits limits = context.limits();
    if (ended.isPresent()) {
      return;
    }
    if (!admitted && now - since > limits.authTimeout().toNanos()) {
      end(ProtocolException.told(ProtocolException.AUTH_TIMEOUT));
      return;
    }
    Duration interval = limits.pingInterval();
    if (now - Math.max(lastHeard, lastPing) < interval.toNanos()) {
      return;
    }
    if (pingsOut >= limits.maxPingsOut()) {
      end(ProtocolException.told(ProtocolException.STALE));
      return;
    }
    pingsOut++;
    lastPing = now;
    say("PING\r\n");
  }

  /** Why the session is over, once it is. */
  Optional<String> ended() {
    return ended;
  }

  /** Ends the session; takes its subscriptions away at once. */
  void end(ProtocolException why) {
    if (ended.isEmpty()) {
      ended = Optional.of(String.valueOf(why.getMessage()));
      if (why.told()) {
        out.put("-ERR '" + why.getMessage() + "'\r\n");
      }
      subscribers.values().forEach(context.router()::remove);
      subscribers.clear();
      listener.hasOutput();
    }
  }

  /** Says the first line, or one out of turn. */
  void say(String line) {
    out.put(line);
    listener.hasOutput();
  }

  /** Bytes kept of what has not come in whole. */
  int held() {
    return parser.held();
  }

  boolean admitted() {
    return admitted;
  }

  boolean wantsNoResponders() {
    return options.noResponders();
  }

  String name() {
    return options.name();
  }

  long messagesIn() {
    return messagesIn;
  }

  long messagesOut() {
    return messagesOut;
  }

  /** Puts a message into the outbox; false when this client does not take it. */
  @SuppressWarnings("ReferenceEquality") // sessions are told apart by identity
  boolean deliver(Subscriber subscriber, Session from, Publication message) {
    if (ended.isPresent() || (from == this && !options.echo())) {
      return false;
    }
    subscriber.delivered++;
    if (subscriber.max > 0 && subscriber.delivered >= subscriber.max) {
      forget(subscriber);
      if (subscriber.delivered > subscriber.max) {
        return false;
      }
    }
    write(subscriber, message);
    messagesOut++;
    listener.hasOutput();
    return true;
  }

  /** Answers a request of this client in place of the listeners it does not have. */
  void sayNobodyListens(Subscriber inbox, Publication request) {
    out.put(HMSG);
    out.put(request.line, request.replyFrom, request.replyTo - request.replyFrom);
    out.put(BLANK);
    out.put(inbox.sidBytes);
    out.put(NO_RESPONDERS);
    listener.hasOutput();
  }

  private void write(Subscriber subscriber, Publication message) {
    boolean headers = message.headerLength > 0 && options.headers();
    int skipped = headers ? 0 : message.headerLength;
    out.put(headers ? HMSG : MSG);
    out.put(message.line, message.subjectFrom, message.subjectTo - message.subjectFrom);
    out.put(BLANK);
    out.put(subscriber.sidBytes);
    out.put(BLANK);
    if (message.hasReply()) {
      out.put(message.line, message.replyFrom, message.replyTo - message.replyFrom);
      out.put(BLANK);
    }
    if (headers) {
      out.put(message.headerLength);
      out.put(BLANK);
    }
    out.put(message.length - skipped);
    out.endLine();
    out.put(message.body, message.bodyFrom + skipped, message.length - skipped);
    out.endLine();
  }

  @Override
  public void connect(String json) throws ProtocolException {
    ConnectOptions said = ConnectOptions.parse(json);
    if (!context.authenticator().accepts(said, nonce)) {
      throw ProtocolException.told(ProtocolException.AUTHORIZATION);
    }
    if (said.protocol() < 0 || said.protocol() > 1) {
      throw ProtocolException.told(ProtocolException.BAD_PROTOCOL);
    }
    if (said.noResponders() && !said.headers()) {
      throw ProtocolException.told(ProtocolException.NO_RESPONDERS_NEEDS_HEADERS);
    }
    options = said;
    admitted = true;
    confirm();
  }

  @Override
  public void ping() throws ProtocolException {
    requireAdmitted();
    say("PONG\r\n");
  }

  @Override
  public void pong() throws ProtocolException {
    requireAdmitted();
    pingsOut = 0;
  }

  @Override
  public void announced(boolean withHeaders) throws ProtocolException {
    requireAdmitted();
    if (withHeaders && !options.headers()) {
      throw ProtocolException.silent(ProtocolException.NO_HEADERS);
    }
  }

  @Override
  public void publish(Publication publication) {
    messagesIn++;
    if (options.pedantic() && !Subjects.literal(publication.subject())) {
      say("-ERR 'Invalid Publish Subject'\r\n");
    }
    confirm();
    context.router().route(this, publication);
  }

  @Override
  public void subscribe(String subject, String queue, String sid) throws ProtocolException {
    requireAdmitted();
    if (subscribers.size() >= context.limits().maxSubscriptions()) {
      say("-ERR '" + ProtocolException.MAX_SUBSCRIPTIONS + "'\r\n");
      return;
    }
    if (!Subjects.valid(subject)) {
      say("-ERR 'Invalid Subject'\r\n");
      return;
    }
    if (!subscribers.containsKey(sid)) {
      Subscriber subscriber = new Subscriber(this, subject, queue, sid);
      subscribers.put(sid, subscriber);
      context.router().add(subscriber);
    }
    confirm();
  }

  @Override
  public void unsubscribe(String sid, long max) throws ProtocolException {
    requireAdmitted();
    Subscriber subscriber = subscribers.get(sid);
    if (subscriber != null) {
      if (max > subscriber.delivered) {
        subscriber.max = max;
      } else {
        forget(subscriber);
      }
    }
    confirm();
  }

  private void forget(Subscriber subscriber) {
    subscribers.remove(subscriber.sid);
    context.router().remove(subscriber);
  }

  private void confirm() {
    if (options.verbose()) {
      say("+OK\r\n");
    }
  }

  private void requireAdmitted() throws ProtocolException {
    if (!admitted) {
      throw ProtocolException.told(ProtocolException.AUTHORIZATION);
    }
  }
}
