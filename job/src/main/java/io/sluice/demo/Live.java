package io.sluice.demo;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** One line that tells how it stands, each second over the last one, or every five seconds below it. */
final class Live {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

  private final PrintWriter out;
  private final boolean plain;
  private final long begun;
  private long shown;
  private int width;

  Live(PrintWriter out, boolean plain, long begun) {
    this.out = out;
    this.plain = plain;
    this.begun = begun;
  }

  void show(Fleet fleet, Tally tally) {
    long now = System.currentTimeMillis();
    if (now - shown < (plain ? 5000 : 1000)) {
      return;
    }
    shown = now;
    double seconds = Math.max(1, now - begun) / 1000.0;
    String line =
        "%3.0f s │ fleet's clock %s │ in %,d (%,.0f/s) │ forecasts %,d │ %s │ %s │ faults found %d of %d"
            .formatted(
                seconds,
                CLOCK.format(Instant.ofEpochMilli(fleet.time())),
                fleet.sent(),
                fleet.sent() / seconds,
                tally.forecasts(),
                tally.weights(),
                kinds(tally.findings().kinds()),
                tally.findings().found(fleet.faults()),
                tally.findings().past(fleet.faults()).size());
    out.print(plain ? line + "\n" : "\r" + line + " ".repeat(Math.max(0, width - line.length())));
    out.flush();
    width = line.length();
  }

  private static String kinds(Map<String, Long> kinds) {
    StringBuilder text = new StringBuilder();
    kinds.forEach(
        (kind, count) -> {
          if (!kind.equals("normal")) {
            text.append(text.isEmpty() ? "" : " ").append(kind).append(' ').append(count);
          }
        });
    return text.isEmpty() ? "no surprise yet" : text.toString();
  }

  void end() {
    if (!plain) {
      out.println();
    }
  }
}
