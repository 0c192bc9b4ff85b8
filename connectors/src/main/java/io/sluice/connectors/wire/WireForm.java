package io.sluice.connectors.wire;

/** The form of rows on the wire. */
public enum WireForm {
  JSON;

  /** An encoder of one's own: it is scratch, for one thread. */
  public RowEncoder encoder(Labels labels) {
    return new JsonRows(labels);
  }
}
