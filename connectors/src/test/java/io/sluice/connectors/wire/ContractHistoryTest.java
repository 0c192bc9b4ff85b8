package io.sluice.connectors.wire;

import static org.apache.avro.SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE;
import static org.apache.avro.SchemaCompatibility.checkReaderWriterCompatibility;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Examples;
import io.sluice.connectors.Original;
import io.sluice.connectors.Row;
import io.sluice.connectors.Unreadable;
import io.sluice.connectors.mapping.Format;
import io.sluice.connectors.mapping.Mapping;
import io.sluice.connectors.mapping.ReadingDecoder;
import io.sluice.weights.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages of every version there ever was, found in {@code src/test/resources/contracts/VERSION}: contracts as they were,
 * messages in single-object form and what stood in them.
 *
 * <p>Whoever changes a contract puts the former file into {@code Archive} and stores the new version with {@code main}.
 */
class ContractHistoryTest {
  private static final Path HISTORY = Path.of("src", "test", "resources", "contracts");

  static List<Path> versions() throws IOException {
    try (Stream<Path> versions = Files.list(HISTORY)) {
      return versions.sorted().toList();
    }
  }

  static List<Path> messages() throws IOException {
    try (Stream<Path> files = Files.walk(HISTORY)) {
      return files.filter(f -> f.toString().endsWith(".avro")).sorted().toList();
    }
  }

  /** One message for each contract, as this version writes it. */
  private static Map<Contract, byte[]> written() throws IOException {
    RowEncoder rows = Wire.SINGLE_OBJECT.encoder(Examples.LABELS, Map.of());
    Map<Contract, byte[]> messages = new LinkedHashMap<>();
    messages.put(
        Contract.READING, Wire.SINGLE_OBJECT.readings("readings").encode(Examples.reading()));
    messages.put(Contract.FORECAST, rows.encode(new Row.Forecasted(Examples.forecast("a"))));
    messages.put(Contract.VERDICT, rows.encode(new Row.Judged(Examples.verdict("a"))));
    messages.put(Contract.DEAD_LETTER, rows.encode(new Row.DeadLetter("why", Examples.original())));
    messages.put(Contract.WEIGHTS_PART, Parts.encode(Examples.part()));
    return messages;
  }

  private static GenericRecord read(byte[] message, Schema reader) throws Exception {
    Schema writer = Archive.writer(message);
    var bytes = DecoderFactory.get().binaryDecoder(message, 10, message.length - 10, null);
    return new GenericDatumReader<GenericRecord>(writer, reader).read(null, bytes);
  }

  private static Contract contract(Path file) {
    String name = file.getFileName().toString().replaceFirst("\\..*", "");
    return Stream.of(Contract.values())
        .filter(contract -> contract.schema().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void messagesOfEveryVersionAreRead(Path message) throws Exception {
    GenericRecord record = read(Files.readAllBytes(message), contract(message).schema());
    Path told = message.resolveSibling(message.getFileName() + ".txt");

    assertThat(record).hasToString(Files.readString(told).strip());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void newReadersReadOldMessagesAndOldReadersNewOnes(Path message) throws Exception {
    Schema past = Archive.writer(Files.readAllBytes(message));
    Schema present = contract(message).schema();

    assertThat(checkReaderWriterCompatibility(present, past).getType()).isEqualTo(COMPATIBLE);
    assertThat(checkReaderWriterCompatibility(past, present).getType()).isEqualTo(COMPATIBLE);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void ownReadingsAndWeightsOfEveryVersionAreTakenUp(Path version) throws IOException, Unreadable {
    byte[] reading = Files.readAllBytes(version.resolve("Reading.avro"));
    Original message =
        new Original("readings", 0, 0, 5, Optional.empty(), Optional.of(reading), List.of());
    Arrival arrival =
        ReadingDecoder.of(Format.singleObject(List.of()), Mapping.own(2, 1)).decode(message);
    Part part = Parts.decode(Files.readAllBytes(version.resolve("WeightsPart.avro")));

    assertThat(((Arrival.Decoded) arrival).reading().values()).containsExactly(1.5, Double.NaN);
    assertThat(part).isEqualTo(Examples.part());
  }

  @Test
  void thePresentVersionIsPartOfTheHistory() throws IOException {
    for (Map.Entry<Contract, byte[]> present : written().entrySet()) {
      String file = present.getKey().schema().getName() + ".avro";
      assertThat(versions())
          .as("the contract of %s has changed: store it with main", file)
          .anySatisfy(
              version ->
                  assertThat(Files.readAllBytes(version.resolve(file)))
                      .isEqualTo(present.getValue()));
    }
  }

  @Test
  void everyFieldOfEveryContractIsDocumented() {
    for (Contract contract : Contract.values()) {
      expectDocumented(contract.schema());
    }
  }

  private static void expectDocumented(Schema schema) {
    switch (schema.getType()) {
      case RECORD -> {
        assertThat(schema.getDoc()).as(schema.getName()).isNotBlank();
        for (Schema.Field field : schema.getFields()) {
          assertThat(field.doc()).as(schema.getName() + "." + field.name()).isNotBlank();
          expectDocumented(field.schema());
        }
      }
      case ARRAY -> expectDocumented(schema.getElementType());
      case UNION -> schema.getTypes().forEach(ContractHistoryTest::expectDocumented);
      default -> assertThat(schema.getType()).isNotNull();
    }
  }

  /** Stores the present version; run in the module's directory with the new version's number. */
  public static void main(String[] version) throws Exception {
    Path folder = Files.createDirectories(HISTORY.resolve(version[0]));
    for (Map.Entry<Contract, byte[]> message : written().entrySet()) {
      Schema schema = message.getKey().schema();
      Files.write(folder.resolve(schema.getName() + ".avro"), message.getValue());
      Files.writeString(
          folder.resolve(schema.getName() + ".avro.txt"), read(message.getValue(), schema) + "\n");
    }
  }
}
