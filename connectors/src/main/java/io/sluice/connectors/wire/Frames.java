package io.sluice.connectors.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;

/**
 * What stands before the Avro of a message and says by which schema it was written.
 *
 * <pre>
 *   single object   C3 01  fingerprint (8, little end first)
 *   Confluent       00     schema id   (4, big end first)
 * </pre>
 */
final class Frames {
  static final byte SINGLE_OBJECT_1 = (byte) 0xC3;
  static final byte SINGLE_OBJECT_2 = 1;
  static final int SINGLE_OBJECT_LENGTH = 10;
  static final byte CONFLUENT = 0;
  static final int CONFLUENT_LENGTH = 5;

  private final Map<Contract, byte[]> heads;

  private Frames(Map<Contract, byte[]> heads) {
    this.heads = heads;
  }

  static Frames singleObject() {
    Map<Contract, byte[]> heads = new EnumMap<>(Contract.class);
    for (Contract contract : Contract.values()) {
      ByteBuffer head = ByteBuffer.allocate(SINGLE_OBJECT_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
      head.put(SINGLE_OBJECT_1).put(SINGLE_OBJECT_2).putLong(contract.fingerprint());
      heads.put(contract, head.array());
    }
    return new Frames(heads);
  }

  static Frames confluent(Map<Contract, Integer> ids) {
    Map<Contract, byte[]> heads = new EnumMap<>(Contract.class);
    ids.forEach(
        (contract, id) ->
            heads.put(
                contract, ByteBuffer.allocate(CONFLUENT_LENGTH).put(CONFLUENT).putInt(id).array()));
    return new Frames(heads);
  }

  byte[] head(Contract contract) {
    return heads.get(contract);
  }
}
