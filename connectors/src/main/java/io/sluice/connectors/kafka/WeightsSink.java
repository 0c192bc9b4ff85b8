package io.sluice.connectors.kafka;

import io.sluice.weights.Release;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Where a job publishes: each release once, whole, and with the next number that is free; or the later state of one.
 *
 * <p>A release waits in the job's checkpoint. When that is complete it goes out in a transaction of its own; what died in
 * between is done again, and a release that is found in the topic already is not written twice. So several subtasks may
 * hand in the same one. For use at a parallelism of 1.
 */
public record WeightsSink(KafkaSettings kafka, WeightsSettings weights)
    implements Sink<Release>, SupportsCommitter<byte[]> {

  @Override
  public CommittingSinkWriter<Release, byte[]> createWriter(WriterInitContext context) {
    return new Waiting();
  }

  @Override
  public Committer<byte[]> createCommitter(CommitterInitContext context) {
    return new Publisher(new WeightsStore(kafka, weights));
  }

  @Override
  public SimpleVersionedSerializer<byte[]> getCommittableSerializer() {
    return new AsTheyAre();
  }

  /** Those of this checkpoint, by digest. */
  private static final class Waiting implements CommittingSinkWriter<Release, byte[]> {
    private final Map<String, byte[]> releases = new LinkedHashMap<>();

    @Override
    public void write(Release release, Context context) {
      releases.put(release.digest(), release.bytes());
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public Collection<byte[]> prepareCommit() {
      List<byte[]> ready = new ArrayList<>(releases.values());
      releases.clear();
      return ready;
    }

    @Override
    public void close() {}
  }

  private record Publisher(WeightsStore store) implements Committer<byte[]> {
    @Override
    public void commit(Collection<CommitRequest<byte[]>> requests) throws IOException {
      for (CommitRequest<byte[]> request : requests) {
        store.addOnce(Release.read("a release in Flink's state", request.getCommittable()));
      }
    }

    @Override
    public void close() {}
  }

  /** A release's bytes carry their layout themselves. */
  private static final class AsTheyAre implements SimpleVersionedSerializer<byte[]> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
      return VERSION;
    }

    @Override
    public byte[] serialize(byte[] release) {
      return release;
    }

    @Override
    public byte[] deserialize(int version, byte[] release) throws IOException {
      if (version != VERSION) {
        throw new IOException(
            "releases in layout %d; this program reads layout %d".formatted(version, VERSION));
      }
      return release;
    }
  }
}
