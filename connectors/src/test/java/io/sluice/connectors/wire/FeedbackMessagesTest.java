package io.sluice.connectors.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.anomaly.Label;
import io.sluice.connectors.Arrival;
import io.sluice.connectors.Original;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedbackMessagesTest {
  @Test
  void saysTheSameAsJsonAndAsAvro() throws IOException {
    Original json =
        message(
            "{\"series\":\"pump-7\",\"time\":1767225600000,\"label\":\"benign\"}".getBytes(UTF_8));
    Original avro = message(avro());

    assertThat(FeedbackMessages.decode(json))
        .isEqualTo(new Arrival.Labelled("pump-7", 1767225600000L, Label.BENIGN, json));
    assertThat(FeedbackMessages.decode(avro))
        .isEqualTo(new Arrival.Labelled("pump-7", 1767225600000L, Label.BENIGN, avro));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"series":"a","time":1,"label":"so so"} | feedback says "so so", expected true, false, benign or maintenance
          {"series":"a","label":"true"}           | feedback without time
          {"series":"a","time":"x","label":"true"} | feedback without time
          {"time":1,"label":"true"}               | feedback without series
          []                                      | feedback without series
          {"series":                              | no JSON: Unexpected end-of-input
          """)
  void whatSaysNothingIsRejectedWithItsReason(String message, String reason) {
    assertThat(rejected(message.getBytes(UTF_8))).startsWith(reason);
  }

  @Test
  void bytesOfAnyKindAreRejectedNotThrown() throws IOException {
    byte[] whole = avro();
    for (int length = 0; length < whole.length; length++) {
      assertThat(rejected(Arrays.copyOf(whole, length))).isNotEmpty();
    }
    assertThat(rejected("[".repeat(50_000).getBytes(UTF_8))).startsWith("no JSON");
    assertThat(rejected(new byte[1 << 20])).isEqualTo("feedback of 1048576 bytes");
  }

  private static byte[] avro() throws IOException {
    GenericRecord said =
        new GenericRecordBuilder(Contract.FEEDBACK.schema())
            .set("series", "pump-7")
            .set("time", 1767225600000L)
            .set("label", "benign")
            .build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Frames.singleObject().head(Contract.FEEDBACK));
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(Contract.FEEDBACK.schema()).write(said, encoder);
    return bytes.toByteArray();
  }

  private static String rejected(byte[] message) {
    return ((Arrival.Rejected) FeedbackMessages.decode(message(message))).reason();
  }

  private static Original message(byte[] bytes) {
    return new Original("feedback", 0, 1, 2, Optional.empty(), Optional.of(bytes), List.of());
  }
}
