package io.sluice.connectors.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.connectors.Unreadable;
import io.sluice.weights.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Parts of a release as messages of the weights topic: single-object Avro, so that the model store needs no registry. */
public final class Parts {
  private static final Frames FRAMES = Frames.singleObject();

  private Parts() {}

  /** The key under which a compacted topic keeps the latest state of a release. */
  public static byte[] key(Part part) {
    return "%s@%d/%d".formatted(part.model(), part.version(), part.index()).getBytes(UTF_8);
  }

  public static byte[] encode(Part part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(part.bytes().length + 512);
    bytes.writeBytes(FRAMES.head(Contract.WEIGHTS_PART));
    BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      out.writeString(part.model());
      out.writeLong(part.version());
      out.writeString(part.digest());
      out.writeInt(part.index());
      out.writeInt(part.count());
      out.writeString(part.checksum());
      out.writeBytes(part.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The part, by whichever past or present contract it was written. */
  public static Part decode(byte[] message) throws Unreadable {
    Schema writer = Archive.writer(message);
    Fields fields = new Fields();
    AvroWalk.walk(writer, message, Frames.SINGLE_OBJECT_LENGTH, "", fields);
    return fields.part();
  }

  /** A part's fields by name, so that contracts may gain fields and change their order. */
  private static final class Fields implements AvroWalk.Taker<String> {
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private byte[] bytes = {};

    Part part() throws Unreadable {
      return new Part(
          text("model"),
          number("version"),
          text("digest"),
          small("index"),
          small("count"),
          bytes,
          text("checksum"));
    }

    private String text(String name) throws Unreadable {
      return there(name, texts.get(name));
    }

    private long number(String name) throws Unreadable {
      return there(name, numbers.get(name));
    }

    private int small(String name) throws Unreadable {
      long number = number(name);
      if (number != (int) number) {
        throw new Unreadable("%s is %d, expected an int".formatted(name, number));
      }
      return (int) number;
    }

    private static <T> T there(String name, T value) throws Unreadable {
      if (value == null) {
        throw new Unreadable("a part of a release without " + name);
      }
      return value;
    }

    @Override
    public String field(String place, String name) {
      return name;
    }

    @Override
    public void whole(String place, Schema type, long value) {
      numbers.put(place, value);
    }

    @Override
    public void text(String place, String value) {
      texts.put(place, value);
    }

    @Override
    public void bytes(String place, Schema type, byte[] value) {
      bytes = value;
    }
  }
}
