package io.sluice.anomaly;

import java.io.Serializable;
import java.util.List;

/** Times at which nobody is told: maintenance windows, holidays. */
public record Calendar(List<CalendarEvent> events) implements Serializable {
  public static final Calendar EMPTY = new Calendar(List.of());

  public Calendar {
    events = List.copyOf(events);
  }

  /** Whether that moment, epoch milliseconds, lies in any of them. */
  public boolean covers(long time) {
    for (CalendarEvent event : events) {
      if (event.covers(time)) {
        return true;
      }
    }
    return false;
  }
}
