package io.sluice.forecast;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** What a clock on the wall shows: event time in, local time out; the zone's rules are asked once a transition. */
final class LocalClock {
  private final ZoneRules rules;
  private long from = Long.MAX_VALUE;
  private long until = Long.MIN_VALUE;
  private long offset;

  LocalClock(ZoneId zone) {
    rules = zone.getRules();
  }

  /** Milliseconds since 1970 began on that wall. */
  long local(long time) {
    if (time < from || time >= until) {
      look(Instant.ofEpochMilli(time));
    }
    return time + offset;
  }

  private void look(Instant time) {
    ZoneOffsetTransition next = rules.nextTransition(time);
    ZoneOffsetTransition last = rules.previousTransition(time.plusMillis(1));
    from = last == null ? Long.MIN_VALUE : last.getInstant().toEpochMilli();
    until = next == null ? Long.MAX_VALUE : next.getInstant().toEpochMilli();
    offset = rules.getOffset(time).getTotalSeconds() * 1000L;
  }
}
