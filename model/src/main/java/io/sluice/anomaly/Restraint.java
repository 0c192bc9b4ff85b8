package io.sluice.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Keeps an anomaly from teaching that it is usual: of a run of odd readings the first alone is learnt from. A run that
 * lasts is a change, and learnt from again.
 *
 * <pre>
 *   calm u8 │ spent u8
 * </pre>
 */
final class Restraint {
  /** Ordinary readings that end a run. */
  private static final int REST = 8;

  /** Readings that are passed over before a run is a change; each ordinary one after a run gives one back. */
  private static final int LASTING = 100;

  private int calm = REST;
  private int spent;

  /** Whether the reading, odd or not, is to be learnt from. */
  boolean allows(boolean odd) {
    boolean first = odd && calm == REST;
    calm = odd ? 0 : Math.min(calm + 1, REST);
    if (calm == REST) {
      spent = Math.max(0, spent - 1);
      return true;
    }
    if (first || spent == LASTING) {
      return true;
    }
    spent++;
    return false;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(calm);
    out.writeByte(spent);
  }

  void read(DataInput in) throws IOException {
    calm = in.readUnsignedByte();
    spent = in.readUnsignedByte();
  }
}
