package io.sluice.retrain;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rounds that are ordered, one after the other, and what has been made of each model so far. All subtasks have the
 * same, but for the moment between the first and the last of them that hears the end of a round.
 *
 * <pre>
 *   version u8 = 2
 *   orders i32 │ for each: cut i64, model utf, fresh u8
 *   lines  i32 │ for each: model utf, done i64, version i64, length i32, release
 * </pre>
 *
 * <p>In layout 1 no order said whether it was fresh, and none was.
 */
final class Agenda {
  private static final int VERSION = 2;

  /** Cuts that readings have passed and that are not learnt from yet: past that many, the rest of the readings wait. */
  private static final int WAITING = 2;

  private final long every;
  private final TreeSet<Order> orders;
  private final Map<String, Line> lines = new TreeMap<>();
  private long closed = Long.MIN_VALUE;

  Agenda(Syllabus syllabus) {
    every = syllabus.settings().every().toMillis();
    String general = syllabus.groups().model();
    orders =
        new TreeSet<>(
            Comparator.comparingLong(Order::cut)
                .thenComparing(order -> !order.model().equals(general))
                .thenComparing(Order::model));
  }

  /** One that is no later than the last of its model is passed over. */
  void order(Order order) {
    if (order.cut() > line(order.model()).done()) {
      orders.add(order);
    }
  }

  /** There will be no more readings until that time. */
  void reach(long watermark) {
    for (Order order : orders) {
      if (order.cut() <= watermark) {
        closed = Math.max(closed, order.cut());
      }
    }
  }

  /** The last cut that has been passed: who comes for it now comes too late. */
  long closed() {
    return closed;
  }

  void closed(long cut) {
    closed = cut;
  }

  /** The round that can be held. */
  Optional<Order> next() {
    return orders.isEmpty() || orders.first().cut() > closed
        ? Optional.empty()
        : Optional.of(orders.first());
  }

  /** Cuts that have been passed and are not learnt from yet. */
  int due() {
    return (int)
        orders.stream().mapToLong(Order::cut).filter(cut -> cut <= closed).distinct().count();
  }

  /** Whether so many rounds wait that readings had better wait too. */
  boolean behind() {
    return due() > WAITING;
  }

  /** The earliest cut that history will be asked for. */
  long needed() {
    if (!orders.isEmpty()) {
      return orders.first().cut();
    }
    boolean far = closed == Long.MIN_VALUE || closed > Long.MAX_VALUE - every;
    return far ? closed : Math.floorDiv(closed, every) * every + every;
  }

  Line line(String model) {
    return lines.getOrDefault(model, Line.NONE);
  }

  void done(Order order, byte[] release) {
    lines.put(order.model(), line(order.model()).after(order, release));
    orders.remove(order);
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(orders.size());
      for (Order order : orders) {
        out.writeLong(order.cut());
        out.writeUTF(order.model());
        out.writeBoolean(order.fresh());
      }
      out.writeInt(lines.size());
      for (Map.Entry<String, Line> entry : lines.entrySet()) {
        out.writeUTF(entry.getKey());
        write(entry.getValue(), out);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(Line line, DataOutputStream out) throws IOException {
    out.writeLong(line.done());
    out.writeLong(line.version());
    out.writeInt(line.promoted().length);
    out.write(line.promoted());
  }

  /** Takes over what another subtask had, where it had come further: its round was everybody's. */
  void join(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int version = in.readUnsignedByte();
    if (version < 1 || version > VERSION) {
      throw new IOException(
          "an agenda in layout %d; this program reads layouts 1 to %d".formatted(version, VERSION));
    }
    for (int count = in.readInt(); count > 0; count--) {
      orders.add(new Order(in.readLong(), in.readUTF(), version > 1 && in.readBoolean()));
    }
    for (int count = in.readInt(); count > 0; count--) {
      String model = in.readUTF();
      Line line = new Line(in.readLong(), in.readLong(), in.readNBytes(in.readInt()));
      lines.merge(model, line, (one, other) -> one.done() < other.done() ? other : one);
    }
    orders.removeIf(order -> order.cut() <= line(order.model()).done());
  }
}
