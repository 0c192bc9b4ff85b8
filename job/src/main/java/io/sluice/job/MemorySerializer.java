package io.sluice.job;

import io.sluice.forecast.Memory;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** A memory as its own bytes, which begin with their version: every past layout stays readable, so no state migrates. */
final class MemorySerializer extends TypeSerializerSingleton<Memory> {
  static final MemorySerializer INSTANCE = new MemorySerializer();
  private static final long serialVersionUID = 1;
  private static final int TYPICAL = 4096;

  private MemorySerializer() {}

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public Memory createInstance() {
    return null;
  }

  @Override
  public Memory copy(Memory from) {
    try {
      DataOutputSerializer bytes = new DataOutputSerializer(TYPICAL);
      from.write(bytes);
      return Memory.read(new DataInputDeserializer(bytes.getSharedBuffer(), 0, bytes.length()));
    } catch (IOException e) {
      throw new IllegalStateException("a memory could not read its own bytes", e);
    }
  }

  @Override
  public Memory copy(Memory from, Memory reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(Memory memory, DataOutputView target) throws IOException {
    memory.write(target);
  }

  @Override
  public Memory deserialize(DataInputView source) throws IOException {
    return Memory.read(source);
  }

  @Override
  public Memory deserialize(Memory reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public TypeSerializerSnapshot<Memory> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint says about this serializer: its name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Memory> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
