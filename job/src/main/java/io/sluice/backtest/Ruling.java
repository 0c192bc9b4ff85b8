package io.sluice.backtest;

import static io.sluice.backtest.Explanation.format;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.anomaly.Episode;
import io.sluice.anomaly.Verdict;
import io.sluice.forecast.Account;
import java.time.Instant;
import java.util.List;

/**
 * A verdict, and what goes with it whatever the series tells of.
 *
 * @param row the reading's number among those of its series, from 1
 * @param evidence −log10 of the chance of what it is called by
 * @param threshold evidence from which a reading of the series alerted
 * @param version of the weights that had formed the recurrent memory, 0 for none
 * @param norms of that memory, layer by layer
 * @param notes how far all that is to be believed
 */
record Ruling(
    int row,
    Verdict verdict,
    double evidence,
    double threshold,
    long version,
    List<Account.Norms> norms,
    List<String> notes) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** @param alone who forecasts where no network does */
  String text(String alone) {
    StringBuilder text = new StringBuilder();
    text.append("%s at %s, reading %d of its series%n".formatted(verdict.series(), time(), row));
    text.append(
        format("%s, surprise %.4f%s%n", verdict.kind().word(), verdict.surprise(), outcome()));
    text.append(
        format(
            "evidence %.2f, a chance of one in %,.0f; alerts from %.2f on%n",
            evidence, Math.pow(10, evidence), threshold));
    if (version == 0) {
      text.append("no network: %s\n".formatted(alone));
    } else {
      text.append("weights version %d\n".formatted(version));
    }
    for (int layer = 0; layer < norms.size(); layer++) {
      Account.Norms norm = norms.get(layer);
      text.append(format("layer %d: |h| %.5g, |c| %.5g%n", layer, norm.h(), norm.c()));
    }
    notes.forEach(note -> text.append("note: ").append(note).append('\n'));
    return text.toString();
  }

  private String outcome() {
    String episode =
        verdict.episode().id().isEmpty()
            ? ""
            : ", in an episode since " + Instant.ofEpochMilli(verdict.episode().start());
    if (verdict.alert()) {
      return ", alert" + episode;
    }
    String reason = verdict.reason().isEmpty() ? "" : ": " + verdict.reason();
    return ", no alert" + reason + episode;
  }

  private String time() {
    return Instant.ofEpochMilli(verdict.time()).toString();
  }

  ObjectNode json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("series", verdict.series());
    root.put("time", time());
    root.put("row", row);
    root.put("kind", verdict.kind().word());
    root.put("surprise", verdict.surprise());
    root.put("evidence", evidence);
    root.put("threshold", threshold);
    root.put("alert", verdict.alert());
    root.put("reason", verdict.reason());
    episode(root, verdict.episode());
    root.put("version", version);
    root.set("norms", JSON.valueToTree(norms));
    root.set("notes", JSON.valueToTree(notes));
    return root;
  }

  private static void episode(ObjectNode root, Episode episode) {
    if (episode.id().isEmpty()) {
      root.putNull("episode");
      return;
    }
    ObjectNode node = root.putObject("episode");
    node.put("id", episode.id());
    node.put("start", Instant.ofEpochMilli(episode.start()).toString());
    node.put("end", Instant.ofEpochMilli(episode.end()).toString());
    node.put("severity", episode.severity());
    node.put("peak", Instant.ofEpochMilli(episode.peak()).toString());
  }

  /** A number that may be missing. */
  static void number(ObjectNode node, String name, double number) {
    if (Double.isNaN(number)) {
      node.putNull(name);
    } else {
      node.put(name, number);
    }
  }
}
