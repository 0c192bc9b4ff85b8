package io.sluice.demo;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Holds the verdicts against the faults: which were found, which were called by their name, and which alerts were false. */
final class Findings {
  private static final double MONTH = 30 * 86_400_000.0;

  private final Map<String, Long> kinds = new TreeMap<>();
  private final Map<String, Long> falseAlarms = new TreeMap<>();
  private final Set<Fault> found = new HashSet<>();
  private final Set<Fault> named = new HashSet<>();
  private long judged;

  /** What a verdict says. */
  record Said(String series, String kind, long time, boolean alert) {
    /** Of the moment it tells of: silence is told after the fact, and a fast clock by its own time. */
    long about() {
      return switch (kind) {
        case "silent" -> time - Demo.RETIRE_AFTER + Fleet.STEP;
        case "skew" -> time - 8 * Fleet.STEP;
        default -> time;
      };
    }
  }

  void hear(Said said, List<Fault> faults) {
    judged = Math.max(judged, said.time());
    kinds.merge(said.kind(), 1L, Long::sum);
    boolean explained = said.kind().equals("normal");
    for (Fault fault : explained ? List.<Fault>of() : faults) {
      if (fault.covers(said.series(), said.about())) {
        explained = true;
        hear(said, fault);
      }
    }
    if (said.alert() && !explained) {
      falseAlarms.merge(said.kind(), 1L, Long::sum);
    }
  }

  private void hear(Said said, Fault fault) {
    if (said.alert()) {
      found.add(fault);
    }
    if (said.kind().equals(fault.kind().verdict())) {
      named.add(fault);
    }
  }

  /** Verdicts by kind. */
  Map<String, Long> kinds() {
    return kinds;
  }

  /** Alerts that no fault explains, by kind. */
  Map<String, Long> falseAlarms() {
    return falseAlarms;
  }

  /** For each sensor and 30 days of its clock since {@code start}. */
  double falseAlarmsEach(int sensors, long start) {
    double all = falseAlarms.values().stream().mapToLong(Long::longValue).sum();
    return judged <= start ? 0 : all / (sensors * (judged - start) / MONTH);
  }

  /** Faults that ended long enough before the last verdict. */
  List<Fault> past(List<Fault> faults) {
    return faults.stream().filter(fault -> fault.to() + Demo.RETIRE_AFTER < judged).toList();
  }

  long found(List<Fault> faults) {
    return past(faults).stream().filter(found::contains).count();
  }

  /** How each kind of fault fared. */
  Map<String, Share> byKind(List<Fault> faults) {
    Map<String, Share> shares = new TreeMap<>();
    for (Fault fault : past(faults)) {
      String kind = fault.kind().verdict();
      shares.put(
          kind,
          shares
              .getOrDefault(kind, new Share(0, 0, 0))
              .plus(found.contains(fault), named.contains(fault)));
    }
    return shares;
  }

  /** Of faults injected: found, and called by their name. */
  record Share(long injected, long found, long named) {
    @Override
    public String toString() {
      return "%d of %d, %d called so".formatted(found, injected, named);
    }

    private Share plus(boolean wasFound, boolean wasNamed) {
      return new Share(injected + 1, found + (wasFound ? 1 : 0), named + (wasNamed ? 1 : 0));
    }
  }
}
