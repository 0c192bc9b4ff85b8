package io.sluice.connectors.mapping;

import io.sluice.connectors.Unreadable;
import io.sluice.connectors.mapping.Plan.Node;
import io.sluice.connectors.wire.AvroWalk;
import io.sluice.connectors.wire.Writers;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Avro of any schema: what a path asks for, by the names in the schema that the message was written by. */
final class AvroFields implements ReadingDecoder.Walk {
  private final Node root;
  private final Writers writers;

  AvroFields(Node root, Writers writers) {
    this.root = root;
    this.writers = writers;
  }

  @Override
  public void walk(byte[] bytes, Draft draft) throws Unreadable, IOException {
    Schema schema = writers.schema(bytes);
    try {
      AvroWalk.walk(schema, bytes, writers.from(), root, new Into(draft));
    } catch (RuntimeException | StackOverflowError broken) {
      throw new Unreadable("not Avro by its schema: " + broken);
    }
  }

  /** Takes values into a draft. */
  private record Into(Draft draft) implements AvroWalk.Taker<Node> {
    private static final int MAX_DECIMAL_BYTES = 64;

    @Override
    public Node field(Node place, String name) throws Unreadable {
      inside(place);
      return place.field(name);
    }

    @Override
    public Node element(Node place, long index) throws Unreadable {
      inside(place);
      return place.element(index);
    }

    private static void inside(Node place) throws Unreadable {
      if (place.slot() != Node.NO_SLOT) {
        throw new Unreadable(place.path + " is a record, map or array, expected one value");
      }
    }

    private static Node leaf(Node place) throws Unreadable {
      if (place.slot() == Node.NO_SLOT) {
        throw new Unreadable(place.path + " is one value, expected more inside");
      }
      return place;
    }

    @Override
    public void count(Node place, long count) throws Unreadable {
      inside(place);
      place.checkCount(count);
    }

    @Override
    public void whole(Node place, Schema type, long value) throws Unreadable {
      LogicalType logical = type.getLogicalType();
      if (leaf(place).slot() == Plan.TIME && logical != null) {
        time(place, logical, value);
      } else {
        draft.whole(place, value);
      }
    }

    /** A schema that says what it counts is believed before the settings. */
    private void time(Node place, LogicalType logical, long value) throws Unreadable {
      if (logical instanceof LogicalTypes.TimestampMillis) {
        draft.time(TimeForm.MILLIS.millis(value));
      } else if (logical instanceof LogicalTypes.TimestampMicros) {
        draft.time(TimeForm.MILLIS.millis(Math.floorDiv(value, 1_000L)));
      } else if (logical instanceof LogicalTypes.TimestampNanos) {
        draft.time(TimeForm.MILLIS.millis(Math.floorDiv(value, 1_000_000L)));
      } else if (logical instanceof LogicalTypes.LocalTimestampMillis) {
        draft.localTime(value);
      } else if (logical instanceof LogicalTypes.LocalTimestampMicros) {
        draft.localTime(Math.floorDiv(value, 1_000L));
      } else {
        draft.whole(place, value);
      }
    }

    @Override
    public void number(Node place, double value) throws Unreadable {
      draft.number(leaf(place), value);
    }

    @Override
    public void text(Node place, String value) throws Unreadable {
      draft.text(leaf(place), value);
    }

    @Override
    public void bytes(Node place, Schema type, byte[] value) throws Unreadable {
      if (!(type.getLogicalType() instanceof LogicalTypes.Decimal decimal)
          || value.length == 0
          || value.length > MAX_DECIMAL_BYTES) {
        throw new Unreadable(place.path + " is bytes, expected a value");
      }
      BigDecimal number = new BigDecimal(new BigInteger(value), decimal.getScale());
      draft.number(leaf(place), number.doubleValue());
    }

    @Override
    public void truth(Node place, boolean value) throws Unreadable {
      throw new Unreadable("%s is %s, expected a value".formatted(place.path, value));
    }
  }
}
