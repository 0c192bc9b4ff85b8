package io.sluice.connectors.wire;

import io.sluice.connectors.Row;

/** Rows into bytes. One thread at a time. */
public interface RowEncoder {
  byte[] encode(Row row);
}
