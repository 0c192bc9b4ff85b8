package io.sluice.connectors.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sluice.connectors.Arrival;
import io.sluice.forecast.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Whatever stands in a message, it costs neither heap nor stack nor time, and the next one is read as if alone. */
class HostileBytesTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MOST_ALLOCATED = 4 << 20;
  private static final String LIST =
      """
      {"type": "record", "name": "Node", "fields": [
        {"name": "next", "type": ["null", "Node"]},
        {"name": "nothing", "type": {"type": "array", "items": "null"}},
        {"name": "text", "type": "string"},
        {"name": "id", "type": "string"}]}
      """;
  private static final Mapping IDS =
      new Mapping("id", Mapping.TIMESTAMP, TimeForm.MILLIS, List.of("text"), List.of());

  private final ReadingDecoder avro =
      ReadingDecoder.of(Format.avro(AvroReadingsTest.USERS), AvroReadingsTest.MAPPING);
  private final ReadingDecoder list = ReadingDecoder.of(Format.avro(LIST), IDS);
  private final ReadingDecoder json =
      ReadingDecoder.of(
          Format.JSON, new Mapping("a.b[1].c", "t", TimeForm.ISO, List.of("v[0..1]"), List.of()));

  /** Decodes under a watch on what this thread allocates. */
  private static Arrival cheaply(ReadingDecoder decoder, byte[] bytes) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Arrival arrival = decoder.decode(AvroReadingsTest.message(bytes));
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(MOST_ALLOCATED + 8L * bytes.length);
    return arrival;
  }

  private static String reason(Arrival arrival) {
    return ((Arrival.Rejected) arrival).reason();
  }

  @Property(tries = 10_000)
  void anyBytesAreAReadingOrARejection(@ForAll @Size(max = 200) byte[] bytes) throws IOException {
    assertThat(cheaply(avro, bytes)).isNotNull();
    assertThat(cheaply(list, bytes)).isNotNull();
    assertThat(cheaply(json, bytes)).isNotNull();
  }

  @Property(tries = 3_000)
  void aSpoiledMessageDoesNotSpoilTheNext(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int flips) throws IOException {
    byte[] good = AvroReadingsTest.bytes(AvroReadingsTest.telemetry(null), false);
    byte[] bad = good.clone();
    Random random = new Random(seed);
    for (int i = 0; i < flips; i++) {
      bad[random.nextInt(bad.length)] = (byte) random.nextInt();
    }
    cheaply(avro, Arrays.copyOf(bad, random.nextInt(bad.length + 1)));
    cheaply(avro, bad);

    Reading after = AvroReadingsTest.read(avro, good);
    assertThat(after.series()).isEqualTo("south");
    assertThat(after.values()).containsExactly(Double.NaN, 20.5, -7, -12.34);
  }

  @Property(tries = 3_000)
  void jsonOfAnyShapeIsAReadingOrARejection(@ForAll long seed) throws IOException {
    String pieces = "{}[]\":,0123456789.eE-+tfnull \\uabc";
    String start = "{\"a\":{\"b\":[0,{\"c\":\"s\"}]},\"t\":\"2024-01-01\",\"v\":[1,2]}";
    StringBuilder text = new StringBuilder(start);
    Random random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      text.setCharAt(random.nextInt(text.length()), pieces.charAt(random.nextInt(pieces.length())));
    }
    assertThat(cheaply(json, text.toString().getBytes(UTF_8))).isNotNull();
  }

  @Example
  void aLengthIsNotBelieved() throws IOException {
    for (long length :
        new long[] {Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE, 1 << 20}) {
      byte[] message =
          encode(
              out -> {
                out.writeIndex(0);
                out.writeLong(0);
                out.writeLong(length);
              });
      assertThat(reason(cheaply(list, message))).contains("a length of " + length);
    }
  }

  @Example
  void countsOfNothingComeToAnEnd() throws IOException {
    for (long count : new long[] {1L << 40, Long.MAX_VALUE, -(1L << 40), Long.MIN_VALUE}) {
      byte[] message =
          encode(
              out -> {
                out.writeIndex(0);
                out.writeLong(count);
                if (count < 0) {
                  out.writeLong(0);
                }
              });
      assertThat(cheaply(list, message)).isInstanceOf(Arrival.Rejected.class);
    }
  }

  @Example
  void aRecordInsideItselfComesToAnEnd() throws IOException {
    byte[] deep = new byte[1 << 20];
    Arrays.fill(deep, (byte) 2);

    assertThat(reason(cheaply(list, deep))).contains("nested deeper than");
  }

  @Example
  void deepJsonComesToAnEnd() throws IOException {
    for (String opening : List.of("[", "{\"a\":", "{\"a\":{\"b\":[")) {
      byte[] deep = opening.repeat((1 << 20) / opening.length()).getBytes(UTF_8);
      assertThat(cheaply(json, deep)).isInstanceOf(Arrival.Rejected.class);
    }
  }

  @Example
  void hugeNumbersAndNamesInJsonComeToAnEnd() throws IOException {
    String digits = "9".repeat(1 << 20);
    for (String text :
        List.of(
            "{\"v\":" + digits + "}",
            "{\"v\":1e" + digits + "}",
            "{\"" + digits + "\":1}",
            "{\"t\":\"" + digits + "\"}",
            "{\"v\":[1,\"" + "1".repeat(90_000) + "\"]}")) {
      assertThat(cheaply(json, text.getBytes(UTF_8))).isInstanceOf(Arrival.Rejected.class);
    }
  }

  @Example
  void infinityIsRejectedAndNaNIsMissing() throws IOException {
    String schema =
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"v\",\"type\":\"double\"},{\"name\":\"id\",\"type\":\"string\"}]}";
    Mapping mapping =
        new Mapping("id", Mapping.TIMESTAMP, TimeForm.MILLIS, List.of("v"), List.of());
    ReadingDecoder decoder = ReadingDecoder.of(Format.avro(schema), mapping);

    assertThat(reason(decoder.decode(AvroReadingsTest.message(value(Double.NEGATIVE_INFINITY)))))
        .isEqualTo("v is not finite");
    assertThat(AvroReadingsTest.read(decoder, value(Double.NaN)).values())
        .containsExactly(Double.NaN);
  }

  private static byte[] value(double number) throws IOException {
    return encode(
        out -> {
          out.writeDouble(number);
          out.writeString("a");
        });
  }

  /** Writes a message by hand. */
  private interface Hand {
    void write(BinaryEncoder out) throws IOException;
  }

  private static byte[] encode(Hand hand) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
    hand.write(out);
    out.flush();
    return bytes.toByteArray();
  }
}
