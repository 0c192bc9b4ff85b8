package io.sluice.connectors.wire;

import java.util.Locale;

/** The form of a message. */
public enum WireForm {
  /** Magic byte, schema id, Avro; the schema stands in a registry. */
  CONFLUENT,
  /** C3 01, fingerprint of the schema, Avro; no registry. */
  SINGLE_OBJECT,
  JSON;

  /** The form of that word, {@code single-object} or {@code json}. */
  public static WireForm of(String word) {
    for (WireForm form : values()) {
      if (form.word().equals(word)) {
        return form;
      }
    }
    throw new IllegalArgumentException(
        "a wire form is confluent, single-object or json, not \"" + word + "\"");
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
