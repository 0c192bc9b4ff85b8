package io.sluice.connectors.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** The Avro schemas that others rely on, as they stand in {@code src/main/avro}. */
public enum Contract {
  READING("Reading"),
  FORECAST("Forecast"),
  VERDICT("Verdict"),
  WEIGHTS_PART("WeightsPart"),
  FEEDBACK("Feedback"),
  DEAD_LETTER("DeadLetter");

  private final Schema schema;
  private final long fingerprint;

  Contract(String name) {
    this.schema = load(name + ".avsc");
    this.fingerprint = SchemaNormalization.parsingFingerprint64(schema);
  }

  static Schema load(String file) {
    try (InputStream text = Contract.class.getResourceAsStream(file)) {
      return new Schema.Parser().parse(text);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is not in this jar", e);
    }
  }

  public Schema schema() {
    return schema;
  }

  /** CRC-64-AVRO of the schema's parsing canonical form: how single-object messages name it. */
  public long fingerprint() {
    return fingerprint;
  }
}
