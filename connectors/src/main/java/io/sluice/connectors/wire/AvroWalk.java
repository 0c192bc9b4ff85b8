package io.sluice.connectors.wire;

import io.sluice.connectors.Unreadable;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Walks an Avro message by the schema it was written with, and hands out the values that somebody wants. The rest is
 * skipped, never built.
 *
 * <p>Avro's own decoders allocate what a length claims and recurse as deep as a message asks; this one does neither.
 *
 * @param <N> a place in the message, as the taker knows it; null for a place that nobody wants
 */
public final class AvroWalk<N> {
  private final Taker<N> taker;
  private final AvroCursor cursor;

  private AvroWalk(Taker<N> taker, AvroCursor cursor) {
    this.taker = taker;
    this.cursor = cursor;
  }

  /** Who wants values; of the kinds that it does not take none is wanted. */
  public interface Taker<N> {
    /** The place of a record's field or of a map's key, null when it is not wanted. */
    N field(N place, String name) throws Unreadable;

    /** The place of an array's element, null when it is not wanted. */
    default N element(N place, long index) throws Unreadable {
      return null;
    }

    /** How many elements the array had. */
    default void count(N place, long count) throws Unreadable {}

    default void whole(N place, Schema type, long value) throws Unreadable {}

    default void number(N place, double value) throws Unreadable {}

    default void text(N place, String value) throws Unreadable {}

    default void bytes(N place, Schema type, byte[] value) throws Unreadable {}

    default void truth(N place, boolean value) throws Unreadable {}
  }

  /**
   * Walks one message from an offset to its end, where it must end.
   *
   * @param root the place of the whole message
   */
  public static <N> void walk(Schema schema, byte[] bytes, int from, N root, Taker<N> taker)
      throws Unreadable {
    AvroCursor cursor = new AvroCursor(bytes, from);
    new AvroWalk<>(taker, cursor).value(schema, root);
    cursor.end();
  }

  private void value(Schema type, N place) throws Unreadable {
    cursor.step();
    switch (type.getType()) {
      case RECORD -> fields(type, place);
      case ARRAY -> elements(type, place);
      case MAP -> entries(type, place);
      case UNION -> value(branch(type), place);
      case NULL -> {}
      default -> scalar(type, place);
    }
  }

  private Schema branch(Schema union) throws Unreadable {
    List<Schema> types = union.getTypes();
    return types.get(cursor.readIndex(types.size()));
  }

  private void fields(Schema type, N place) throws Unreadable {
    cursor.enter();
    for (Schema.Field field : type.getFields()) {
      value(field.schema(), place == null ? null : taker.field(place, field.name()));
    }
    cursor.leave();
  }

  private void elements(Schema type, N place) throws Unreadable {
    cursor.enter();
    long index = 0;
    for (long block = block(); block != 0; block = block()) {
      for (long i = 0; i < block; i++, index++) {
        value(type.getElementType(), place == null ? null : taker.element(place, index));
      }
    }
    if (place != null) {
      taker.count(place, index);
    }
    cursor.leave();
  }

  private void entries(Schema type, N place) throws Unreadable {
    cursor.enter();
    for (long block = block(); block != 0; block = block()) {
      for (long i = 0; i < block; i++) {
        String key = cursor.readString();
        value(type.getValueType(), place == null ? null : taker.field(place, key));
      }
    }
    cursor.leave();
  }

  /** How many items the next block has; a negative count is followed by the block's size in bytes. */
  private long block() throws Unreadable {
    long count = cursor.readLong();
    if (count >= 0) {
      return count;
    }
    cursor.readLength();
    if (count == Long.MIN_VALUE) {
      throw new Unreadable("a block of 2^63 items");
    }
    return -count;
  }

  private void scalar(Schema type, N place) throws Unreadable {
    if (place == null) {
      skip(type);
      return;
    }
    switch (type.getType()) {
      case INT, LONG -> taker.whole(place, type, cursor.readLong());
      case FLOAT -> taker.number(place, cursor.readFloat());
      case DOUBLE -> taker.number(place, cursor.readDouble());
      case STRING -> taker.text(place, cursor.readString());
      case BYTES -> taker.bytes(place, type, cursor.readBytes(cursor.readLength()));
      case FIXED -> taker.bytes(place, type, cursor.readBytes(type.getFixedSize()));
      case ENUM -> taker.text(place, symbol(type));
      default -> taker.truth(place, cursor.readBoolean());
    }
  }

  private String symbol(Schema type) throws Unreadable {
    List<String> symbols = type.getEnumSymbols();
    return symbols.get(cursor.readIndex(symbols.size()));
  }

  private void skip(Schema type) throws Unreadable {
    switch (type.getType()) {
      case INT, LONG, ENUM -> cursor.readLong();
      case FLOAT -> cursor.skip(Float.BYTES);
      case DOUBLE -> cursor.skip(Double.BYTES);
      case STRING, BYTES -> cursor.skip(cursor.readLength());
      case FIXED -> cursor.skip(type.getFixedSize());
      default -> cursor.skip(1);
    }
  }
}
