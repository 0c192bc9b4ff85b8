package io.sluice.online;

/**
 * Adds up how long each faculty takes, from {@code start} to {@code stop}; otherwise nobody asks, and it does nothing. Each
 * turn costs some 25 ns of the clock. For one thread.
 */
public final class Stopwatch {
  private final long[] nanos = new long[Faculty.values().length];
  private Faculty busy = Faculty.REST;
  private boolean runs;
  private long since;

  public void start() {
    runs = true;
    busy = Faculty.REST;
    since = System.nanoTime();
  }

  public void stop() {
    turnTo(Faculty.REST);
    runs = false;
  }

  /** From now on that one is at work. */
  public void turnTo(Faculty next) {
    if (runs) {
      long now = System.nanoTime();
      nanos[busy.ordinal()] += now - since;
      busy = next;
      since = now;
    }
  }

  /** In all. */
  public long nanos(Faculty faculty) {
    return nanos[faculty.ordinal()];
  }
}
