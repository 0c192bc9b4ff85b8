package io.sluice.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Sensors that all send a reading each quarter of an hour of event time, which passes faster here. Some readings are
 * missing, some cannot be read, and now and then a sensor suffers a fault, which is noted down.
 */
final class Fleet {
  static final long STEP = 15 * 60_000;
  static final int SENSORS = 200;

  /** A week: before that nothing could know what is usual. */
  static final int SOUND = 7 * 96;

  private static final double MISSING = 0.002;
  private static final double GARBLED = 0.0005;
  private static final double FAULTY = 0.0004;

  private final Random random = new Random(7);
  private final List<Sensor> sensors = new ArrayList<>();
  private final Map<String, Fault> suffering = new HashMap<>();
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final long start;
  private int step;
  private volatile long time;
  private volatile long sent;
  private volatile long garbled;

  /** Where a reading goes. */
  @FunctionalInterface
  interface Wire {
    void send(byte[] key, byte[] value, long time);
  }

  Fleet(long start, int size) {
    this.start = start;
    for (int number = 0; number < size; number++) {
      sensors.add(new Sensor(number, 7));
    }
  }

  /** Each sensor sends its next reading. */
  void send(Wire wire) {
    long now = start + step * STEP;
    for (Sensor sensor : sensors) {
      Fault fault = fault(sensor, now);
      Fault.Kind kind = fault == null ? null : fault.kind();
      double value = sensor.value(now, kind);
      if (kind != Fault.Kind.SILENCE && random.nextDouble() >= MISSING) {
        send(wire, sensor.name(), now, kind == Fault.Kind.CLOCK ? now + 8 * STEP : now, value);
      }
    }
    time = now;
    step++;
  }

  private Fault fault(Sensor sensor, long now) {
    Fault fault = suffering.get(sensor.name());
    if (fault != null && fault.from() + (fault.kind().readings() - 1) * STEP < now) {
      suffering.remove(sensor.name());
      fault = null;
    }
    if (fault == null && step >= SOUND && random.nextDouble() < FAULTY && rested(sensor, now)) {
      Fault.Kind kind = Fault.Kind.values()[random.nextInt(Fault.Kind.values().length)];
      fault = new Fault(sensor.name(), kind, now, now + kind.noticed() * STEP);
      suffering.put(sensor.name(), fault);
      faults.add(fault);
    }
    return fault;
  }

  /** A day after a fault before the next, so that each can be told apart. */
  private boolean rested(Sensor sensor, long now) {
    return faults.stream()
        .noneMatch(fault -> fault.series().equals(sensor.name()) && fault.to() + 96 * STEP > now);
  }

  private void send(Wire wire, String series, long now, long at, double value) {
    String reading = "{\"sensor\":\"%s\",\"at\":%d,\"value\":%.4f}".formatted(series, at, value);
    if (random.nextDouble() < GARBLED) {
      reading = reading.substring(0, reading.length() / 2);
      garbled++;
    }
    wire.send(series.getBytes(UTF_8), reading.getBytes(UTF_8), now);
    sent++;
  }

  /** Event time of the first readings. */
  long start() {
    return start;
  }

  /** How often each sensor has sent. */
  int steps() {
    return step;
  }

  int sensors() {
    return sensors.size();
  }

  /** Event time of the last readings sent. */
  long time() {
    return time;
  }

  long sent() {
    return sent;
  }

  long garbled() {
    return garbled;
  }

  List<Fault> faults() {
    return faults;
  }
}
