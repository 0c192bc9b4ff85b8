package io.sluice.backtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.anomaly.Verdict;
import io.sluice.symbols.Symbols;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Symbols as the report draws them: of each series which came when, what chance it had and what was expected. Of many series
 * those are drawn that have most alerts, and of a long one its end.
 *
 * <pre>
 *   rows u32 │ times f64 │ places u16 │ expected u16, 65535 where nothing was │ chances f32 │ surprise u8 in 255ths    little-endian
 * </pre>
 */
final class SymbolChronicle {
  /** 4.2 MB of page. */
  private static final int MOST = 150_000;

  private static final int MOST_SERIES = 24;
  private static final int NOTHING = 65_535;

  private final Symbols symbols;
  private final Map<String, Course> courses = new LinkedHashMap<>();

  /** One that came. */
  private record Came(int row, long time, int place, int expected, float chance, double surprise) {}

  private static final class Course {
    private final List<Came> came = new ArrayList<>();
    private int alerts;

    private int size() {
      return came.size();
    }
  }

  SymbolChronicle(Symbols symbols) {
    this.symbols = symbols;
  }

  /**
   * @param row of the reading, among all that are played
   * @param chance that the symbol had been given, NaN for none
   */
  void verdict(int row, Verdict verdict, double chance) {
    int place = symbols.place(verdict.actual()[0]);
    if (place == Symbols.MISSING) {
      return;
    }
    Course course = courses.computeIfAbsent(verdict.series(), name -> new Course());
    double expected = verdict.expected()[0];
    int hoped = Double.isNaN(expected) ? NOTHING : (int) expected;
    course.came.add(
        new Came(row, verdict.time(), place, hoped, (float) chance, verdict.surprise()));
    course.alerts += verdict.alert() ? 1 : 0;
  }

  void write(ArrayNode drawn) {
    List<Map.Entry<String, Course>> foremost =
        courses.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<String, Course>>comparingInt(one -> -one.getValue().alerts)
                    .thenComparing(one -> -one.getValue().size()))
            .limit(MOST_SERIES)
            .toList();
    int left = MOST;
    for (Map.Entry<String, Course> one : foremost) {
      List<Came> came = one.getValue().came;
      int shown = Math.min(left, came.size());
      if (shown > 0) {
        ObjectNode node = drawn.addObject();
        node.put("name", one.getKey());
        node.put("cut", shown < came.size());
        write(node, came.subList(came.size() - shown, came.size()));
      }
      left -= shown;
    }
  }

  private static void write(ObjectNode node, List<Came> came) {
    ByteBuffer rows = bytes(came.size() * Integer.BYTES);
    ByteBuffer times = bytes(came.size() * Double.BYTES);
    ByteBuffer places = bytes(came.size() * Short.BYTES);
    ByteBuffer expected = bytes(came.size() * Short.BYTES);
    ByteBuffer chances = bytes(came.size() * Float.BYTES);
    ByteBuffer surprise = bytes(came.size());
    for (Came one : came) {
      rows.putInt(one.row);
      times.putDouble(one.time);
      places.putShort((short) one.place);
      expected.putShort((short) one.expected);
      chances.putFloat(one.chance);
      surprise.put((byte) Math.round(255 * one.surprise));
    }
    node.put("rows", text(rows));
    node.put("times", text(times));
    node.put("places", text(places));
    node.put("expected", text(expected));
    node.put("chances", text(chances));
    node.put("surprise", text(surprise));
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String text(ByteBuffer bytes) {
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
