package io.sluice.connectors.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Original;
import io.sluice.connectors.wire.Wire;
import io.sluice.forecast.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

/** Avro's own writer is the oracle. */
class AvroReadingsTest {
  static final String USERS =
      """
      {"type": "record", "name": "Telemetry", "fields": [
        {"name": "before", "type": {"type": "map", "values": {"type": "array", "items": "string"}}},
        {"name": "site", "type": {"type": "enum", "name": "Site", "symbols": ["north", "south"]}},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "blob", "type": {"type": "fixed", "name": "Blob", "size": 3}},
        {"name": "sensors", "type": {"type": "array", "items": {"type": "record", "name": "Sensor", "fields": [
          {"name": "on", "type": "boolean"},
          {"name": "celsius", "type": ["null", "float"]},
          {"name": "count", "type": "int"}]}}},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
        {"name": "tags", "type": {"type": "map", "values": "double"}},
        {"name": "next", "type": ["null", "Telemetry"], "default": null}
      ]}
      """;
  static final Mapping MAPPING =
      new Mapping(
          "site",
          "at",
          TimeForm.MILLIS,
          List.of("sensors[0].celsius", "sensors[1].celsius", "sensors[1].count", "price"),
          List.of("tags.load"));

  static GenericRecord telemetry(GenericRecord next) {
    Schema schema = new Schema.Parser().parse(USERS);
    Schema sensor = schema.getField("sensors").schema().getElementType();
    return new GenericRecordBuilder(schema)
        .set("before", Map.of("k", List.of("a", "b"), "l", List.of()))
        .set("site", new GenericData.EnumSymbol(schema.getField("site").schema(), "south"))
        .set("at", 1_700_000_000_123_999L)
        .set("blob", new GenericData.Fixed(schema.getField("blob").schema(), new byte[] {1, 2, 3}))
        .set("sensors", List.of(sensor(sensor, null), sensor(sensor, 20.5f)))
        .set("price", ByteBuffer.wrap(new BigDecimal("-12.34").unscaledValue().toByteArray()))
        .set("tags", Map.of("load", 0.75, "x", 1.0))
        .set("next", next)
        .build();
  }

  private static GenericRecord sensor(Schema schema, Float celsius) {
    return new GenericRecordBuilder(schema)
        .set("on", true)
        .set("celsius", celsius)
        .set("count", -7)
        .build();
  }

  static byte[] bytes(GenericRecord record, boolean sizedBlocks) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EncoderFactory factory = new EncoderFactory();
    BinaryEncoder encoder =
        sizedBlocks ? factory.blockingBinaryEncoder(out, null) : factory.binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  static Original message(byte[] bytes) {
    return new Original("readings", 0, 0, 5, Optional.empty(), Optional.of(bytes), List.of());
  }

  static Reading read(ReadingDecoder decoder, byte[] bytes) throws IOException {
    Arrival arrival = decoder.decode(message(bytes));
    assertThat(arrival).isInstanceOf(Arrival.Decoded.class);
    return ((Arrival.Decoded) arrival).reading();
  }

  private static void expectTelemetry(Reading reading) {
    assertThat(reading.series()).isEqualTo("south");
    assertThat(reading.time()).isEqualTo(1_700_000_000_123L);
    assertThat(reading.values()).containsExactly(Double.NaN, 20.5, -7, -12.34);
    assertThat(reading.covariates()).containsExactly(0.75);
  }

  @Test
  void readsAnySchemaByTheNamesInIt() throws IOException {
    ReadingDecoder decoder = ReadingDecoder.of(Format.avro(USERS), MAPPING);
    GenericRecord record = telemetry(telemetry(null));

    expectTelemetry(read(decoder, bytes(record, false)));
    expectTelemetry(read(decoder, bytes(record, true)));
  }

  @Test
  void findsTheSchemaOfASingleObjectByItsFingerprint() throws IOException {
    GenericRecord record = telemetry(null);
    ByteBuffer encoded =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), record.getSchema())
            .encode(record);
    byte[] message = new byte[encoded.remaining()];
    encoded.get(message);

    expectTelemetry(read(ReadingDecoder.of(Format.singleObject(List.of(USERS)), MAPPING), message));
    assertThat(ReadingDecoder.of(Format.singleObject(List.of()), MAPPING).decode(message(message)))
        .isInstanceOfSatisfying(
            Arrival.Rejected.class,
            rejected -> assertThat(rejected.reason()).contains("fingerprint"));
  }

  @Test
  void ownReadingsComeBackAsTheyWere() throws IOException {
    Reading sent =
        new Reading("pump-7 ü", 17, 5, new double[] {1.5, Double.NaN}, new double[] {0.1});
    Mapping own = Mapping.own(2, 1);

    Reading avro =
        read(
            ReadingDecoder.of(Format.singleObject(List.of()), own),
            Wire.SINGLE_OBJECT.readings("r").encode(sent));
    Reading json = read(ReadingDecoder.of(Format.JSON, own), Wire.JSON.readings("r").encode(sent));

    for (Reading read : List.of(avro, json)) {
      assertThat(read.series()).isEqualTo(sent.series());
      assertThat(read.time()).isEqualTo(sent.time());
      assertThat(read.values()).containsExactly(sent.values());
      assertThat(read.covariates()).containsExactly(sent.covariates());
    }
  }

  @Test
  void saysWhereAPathEndsInTheWrongPlace() throws IOException {
    Mapping above = new Mapping("site", "at", TimeForm.MILLIS, List.of("sensors"), List.of());
    Mapping below = new Mapping("site.x", "at", TimeForm.MILLIS, List.of("price"), List.of());
    byte[] bytes = bytes(telemetry(null), false);

    assertThat(ReadingDecoder.of(Format.avro(USERS), above).decode(message(bytes)).toString())
        .contains("sensors is a record, map or array, expected one value");
    assertThat(ReadingDecoder.of(Format.avro(USERS), below).decode(message(bytes)).toString())
        .contains("site is one value, expected more inside");
  }
}
