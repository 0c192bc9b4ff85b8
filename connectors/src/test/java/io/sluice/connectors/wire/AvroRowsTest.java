package io.sluice.connectors.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.connectors.Examples;
import io.sluice.connectors.Header;
import io.sluice.connectors.Original;
import io.sluice.connectors.Row;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Avro's own reader, by the schema, is the oracle for what is written by hand; JSON says the same. */
class AvroRowsTest {
  private final ObjectMapper json = new ObjectMapper();

  static List<Row> rows() {
    return List.of(
        new Row.Forecasted(Examples.forecast("pump-7 ü")),
        new Row.Forecasted(Examples.unheard("pump-7 ü")),
        new Row.Judged(Examples.verdict("b")),
        new Row.Judged(Examples.calm("b")),
        new Row.Late("behind", Examples.original()),
        new Row.DeadLetter("why", Examples.bare()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void avroReadsWhatJsonSays(Row row) throws IOException {
    byte[] avro = Wire.SINGLE_OBJECT.encoder(Examples.LABELS, Map.of()).encode(row);
    byte[] text = Wire.JSON.encoder(Examples.LABELS, Map.of()).encode(row);

    assertThat(plain(read(avro), Set.of("symbols", "symbol", "expectedSymbol")))
        .isEqualTo(json.readTree(text));
  }

  @Test
  void aVariableThatHadNoValueYetIsForecastAsNothing() throws IOException {
    Row row = new Row.Forecasted(Examples.unheard("m"));
    byte[] text = Wire.JSON.encoder(Examples.LABELS, Map.of()).encode(row);

    assertThat(new String(text, UTF_8))
        .contains("\"median\":null,\"quantiles\":[null,null,null]")
        .contains("\"median\":2.0,\"quantiles\":[1.0,2.0,3.0]");
  }

  @Test
  void ofSymbolsTheyTellTheNames() throws IOException {
    for (Row row :
        List.of(new Row.Forecasted(Examples.symbols("m")), new Row.Judged(Examples.unknown("m")))) {
      byte[] avro = Wire.SINGLE_OBJECT.encoder(Examples.SYMBOLS, Map.of()).encode(row);
      byte[] text = Wire.JSON.encoder(Examples.SYMBOLS, Map.of()).encode(row);

      assertThat(plain(read(avro), Set.of())).isEqualTo(json.readTree(text));
    }
    String forecast = new String(text(new Row.Forecasted(Examples.symbols("m"))), UTF_8);
    String verdict = new String(text(new Row.Judged(Examples.unknown("m"))), UTF_8);

    assertThat(forecast)
        .contains(
            "\"median\":2.0,\"quantiles\":[],\"coverage\":0.9,\"symbols\":[{\"symbol\":\"fault\",\"probability\":0.75},{\"symbol\":\"unknown\",\"probability\":0.125}]");
    assertThat(verdict)
        .contains("\"kind\":\"unknown\"")
        .contains("\"actual\":77.0,\"expected\":1.0")
        .contains("\"symbol\":\"unknown\",\"expectedSymbol\":\"run\"");
  }

  private static byte[] text(Row row) throws IOException {
    return Wire.JSON.encoder(Examples.SYMBOLS, Map.of()).encode(row);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anEncoderKeepsNothingOfTheRowBefore(Row row) throws IOException {
    RowEncoder encoder = Wire.SINGLE_OBJECT.encoder(Examples.LABELS, Map.of());
    byte[] first = encoder.encode(row);
    rows().forEach(encoder::encode);

    assertThat(encoder.encode(row)).isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void noRowIsLongerThanTheLongest(Row row) throws IOException {
    for (Wire wire : List.of(Wire.JSON, Wire.SINGLE_OBJECT)) {
      LongestRow longest = new LongestRow(wire, Examples.LABELS);
      int length = wire.encoder(Examples.LABELS, Map.of()).encode(row).length;
      if (row instanceof Row.Forecasted) {
        assertThat(length).isLessThanOrEqualTo(longest.forecast());
      } else if (row instanceof Row.Judged) {
        assertThat(length).isLessThanOrEqualTo(longest.verdict());
      }
    }
  }

  @Test
  void theLongestForecastGrowsWithVariablesLeadsAndQuantiles() {
    List<Integer> leads = IntStream.rangeClosed(1, 96).boxed().toList();
    List<String> variables = IntStream.range(0, 30).mapToObj(i -> "variable-" + i).toList();
    Labels many = new Labels(variables, leads, List.of(0.05, 0.25, 0.5, 0.75, 0.95));
    int numbers = 30 * 96 * (1 + 5 + 1);

    assertThat(new LongestRow(Wire.JSON, many).forecast()).isGreaterThan(20 * numbers);
    assertThat(new LongestRow(Wire.SINGLE_OBJECT, many).forecast()).isGreaterThan(8 * numbers);
    assertThat(new LongestRow(Wire.JSON, Examples.SYMBOLS).verdict()).isPositive();
    assertThat(new LongestRow(Wire.JSON, Examples.SYMBOLS).forecast()).isPositive();
  }

  @Test
  void theLargestDeadLetterFitsIntoABrokersUsualLimit() throws IOException {
    Header header = new Header("h", new byte[20_000]);
    Original large =
        new Original(
            "readings",
            0,
            0,
            0,
            Optional.of(new byte[500_000]),
            Optional.of(new byte[5_000_000]),
            List.of(header, header, header));
    Row row = new Row.DeadLetter("r".repeat(500), large);
    int key = large.bounded().key().orElseThrow().length;

    for (Wire wire : List.of(Wire.JSON, Wire.SINGLE_OBJECT)) {
      byte[] letter = wire.encoder(Examples.LABELS, Map.of()).encode(row);
      assertThat(letter.length + key).isLessThan(Original.LARGEST_LETTER).isLessThan(1_048_588);
    }
    assertThat(large.bounded().size()).isEqualTo(5_000_000);
  }

  private static GenericRecord read(byte[] message) throws IOException {
    Schema schema;
    try {
      schema = Archive.writer(message);
    } catch (io.sluice.connectors.Unreadable e) {
      throw new AssertionError(e);
    }
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(message, 10, message.length - 10, null);
    GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
    assertThat(decoder.isEnd()).isTrue();
    return record;
  }

  /** Avro's values as JSON, by rules of the test's own, but for some fields. */
  private JsonNode plain(Object value, Set<String> left) {
    if (value instanceof GenericRecord record) {
      var object = json.createObjectNode();
      record.getSchema().getFields().stream()
          .filter(f -> !left.contains(f.name()))
          .forEach(f -> object.set(f.name(), plain(record.get(f.pos()), left)));
      return object;
    }
    if (value instanceof List<?> list) {
      var array = json.createArrayNode();
      list.forEach(item -> array.add(plain(item, left)));
      return array;
    }
    if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return json.getNodeFactory().textNode(Base64.getEncoder().encodeToString(copy));
    }
    if (value instanceof CharSequence || value instanceof GenericData.EnumSymbol) {
      return json.getNodeFactory().textNode(value.toString());
    }
    return parsed(value);
  }

  private JsonNode parsed(Object scalar) {
    try {
      // JSON knows no NaN
      boolean unknown = scalar instanceof Double number && number.isNaN();
      return unknown ? json.getNodeFactory().nullNode() : json.readTree(String.valueOf(scalar));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
