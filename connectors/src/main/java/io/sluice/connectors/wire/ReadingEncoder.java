package io.sluice.connectors.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.forecast.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Readings in Sluice's own contract, for the demo's fleet, for benchmarks and for whoever sends from Java. */
public final class ReadingEncoder {
  private final JsonFactory json = new JsonFactory();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private final BinaryEncoder avro = EncoderFactory.get().binaryEncoder(bytes, null);
  private final Optional<byte[]> head;

  /** @param head what stands before the Avro; JSON where there is none */
  ReadingEncoder(Optional<byte[]> head) {
    this.head = head;
  }

  public byte[] encode(Reading reading) {
    bytes.reset();
    try {
      if (head.isPresent()) {
        avro(reading, head.get());
      } else {
        json(reading);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void avro(Reading reading, byte[] frame) throws IOException {
    bytes.writeBytes(frame);
    avro.writeString(reading.series());
    avro.writeLong(reading.time());
    avro(reading.values());
    avro(reading.covariates());
    avro.flush();
  }

  private void avro(double[] numbers) throws IOException {
    avro.writeArrayStart();
    avro.setItemCount(numbers.length);
    for (double number : numbers) {
      avro.writeIndex(Double.isNaN(number) ? 0 : 1);
      if (!Double.isNaN(number)) {
        avro.writeDouble(number);
      }
    }
    avro.writeArrayEnd();
  }

  private void json(Reading reading) throws IOException {
    try (JsonGenerator out = json.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField("series", reading.series());
      out.writeNumberField("time", reading.time());
      json("values", reading.values(), out);
      json("covariates", reading.covariates(), out);
      out.writeEndObject();
    }
  }

  private static void json(String name, double[] numbers, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart(name);
    for (double number : numbers) {
      if (Double.isNaN(number)) {
        out.writeNull();
      } else {
        out.writeNumber(number);
      }
    }
    out.writeEndArray();
  }
}
