package dev.flotilla.kernel.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.LazyString;
import java.nio.charset.Charset;
import java.util.function.Supplier;

/**
 * Reads as its parent does, which links every piece to the one that comes after it and never cuts
 * the link. On a connection that lives for long, one piece grows old to the garbage collector, and
 * all that follow are kept because of it until a full collection: some 300 bytes a request. Here
 * the chain ends wherever everything has been read. For one thread at a time.
 */
final class UnchainedReader extends DataReader {
  private final Supplier<byte[]> source;
  private DataReader chain;

  /**
   * @param source of pieces; null at the end
   */
  @SuppressWarnings("removal")
  UnchainedReader(Supplier<byte[]> source) {
    super(source);
    this.source = source;
    this.chain = DataReader.create(source);
  }

  /** From which the next bytes are read. */
  DataReader chain() {
    if (chain.available() == 0) {
      chain = DataReader.create(source);
    }
    return chain;
  }

  @Override
  public int available() {
    return chain.available();
  }

  @Override
  public void pullData() {
    chain().pullData();
  }

  @Override
  public void skip(int lenToSkip) {
    chain().skip(lenToSkip);
  }

  @Override
  public void ensureAvailable() {
    chain().ensureAvailable();
  }

  @Override
  public byte read() {
    return chain().read();
  }

  @Override
  public byte lookup() {
    return chain().lookup();
  }

  @Override
  public boolean startsWithNewLine() {
    return chain().startsWithNewLine();
  }

  @Override
  public boolean startsWith(byte[] prefix) {
    return chain().startsWith(prefix);
  }

  @Override
  public BufferData readBuffer() {
    return chain().readBuffer();
  }

  @Override
  public BufferData readBuffer(int length) {
    return chain().readBuffer(length);
  }

  @Override
  public BufferData getBuffer(int length) {
    return chain().getBuffer(length);
  }

  @Override
  public LazyString readLazyString(Charset charset, int len) {
    return chain().readLazyString(charset, len);
  }

  @Override
  public String readAsciiString(int len) {
    return chain().readAsciiString(len);
  }

  @Override
  public byte[] readBytes(int len) {
    return chain().readBytes(len);
  }

  @Override
  public String readLine() {
    return chain().readLine();
  }

  @Override
  public int findOrNewLine(byte b, int max) {
    return chain().findOrNewLine(b, max);
  }

  @Override
  public int findNewLine(int max) {
    return chain().findNewLine(max);
  }

  @Override
  public String debugDataHex() {
    return chain.debugDataHex();
  }
}
