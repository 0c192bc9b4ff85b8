package io.sluice.job;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is moved in place, as its own bytes, which begin with their version: every past layout stays readable, so no state
 * migrates. The bytes stand in a frame that tells their length, so that they are read at once: a heap restores from files
 * that nobody buffers.
 *
 * <pre>
 *   frame u8 = 255 │ length i32 │ version u8, …
 * </pre>
 */
abstract class MovedSerializer<T> extends TypeSerializerSingleton<T> {
  private static final long serialVersionUID = 1;
  private static final int TYPICAL = 4096;
  private static final int FRAME = 255;
  private static final int MOST = 1 << 28;

  abstract void write(T value, DataOutput out) throws IOException;

  abstract T read(DataInput in) throws IOException;

  /** What was stored before there were frames, after its first byte, which is its version. */
  T readUnframed(int version, DataInput in) throws IOException {
    throw new IOException("%d where a frame, %d, was expected".formatted(version, FRAME));
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public T createInstance() {
    return null;
  }

  @Override
  public T copy(T from) {
    try {
      DataOutputSerializer bytes = new DataOutputSerializer(TYPICAL);
      write(from, bytes);
      return read(new DataInputDeserializer(bytes.getSharedBuffer(), 0, bytes.length()));
    } catch (IOException e) {
      throw new IllegalStateException("a value could not read its own bytes", e);
    }
  }

  @Override
  public T copy(T from, T reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(T value, DataOutputView target) throws IOException {
    target.writeByte(FRAME);
    if (target instanceof DataOutputSerializer bytes) {
      int length = bytes.length();
      bytes.writeInt(0);
      write(value, bytes);
      bytes.writeIntUnsafe(bytes.length() - length - Integer.BYTES, length);
      return;
    }
    DataOutputSerializer bytes = new DataOutputSerializer(TYPICAL);
    write(value, bytes);
    target.writeInt(bytes.length());
    target.write(bytes.getSharedBuffer(), 0, bytes.length());
  }

  @Override
  public T deserialize(DataInputView source) throws IOException {
    int first = source.readUnsignedByte();
    if (first != FRAME) {
      return readUnframed(first, source);
    }
    int length = source.readInt();
    if (source instanceof DataInputDeserializer) {
      return read(source);
    }
    if (length < 1 || length > MOST) {
      throw new IOException("a frame of %d bytes, expected 1 to %d".formatted(length, MOST));
    }
    byte[] bytes = new byte[length];
    source.readFully(bytes);
    return read(new DataInputDeserializer(bytes));
  }

  @Override
  public T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }
}
