package io.sluice.job;

import io.sluice.settings.JobSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * What a run of a job has left to go on from, a checkpoint or a savepoint.
 *
 * <pre>
 *   job.checkpoints/NAME/RUN/chk-7/_metadata
 *   job.checkpoints/NAME/savepoint-1a2b3c/_metadata
 * </pre>
 *
 * <p>{@code _metadata} is written last: a folder without it is half of one.
 *
 * @param path of the folder
 * @param taken when it was complete
 */
public record Retained(String path, Instant taken) {
  private static final String METADATA = "_metadata";

  /** The newest that is whole, of any run of the job; empty where there is none to be seen. */
  public static Optional<Retained> newest(JobSettings job) throws IOException {
    Path place = new Path(job.folder());
    FileSystem files = place.getFileSystem();
    List<Retained> whole = new ArrayList<>();
    for (Path run : folders(files, place)) {
      add(files, run, whole);
      for (Path checkpoint : folders(files, run)) {
        add(files, checkpoint, whole);
      }
    }
    return whole.stream().max(Comparator.comparing(Retained::taken));
  }

  private static List<Path> folders(FileSystem files, Path folder) throws IOException {
    List<Path> folders = new ArrayList<>();
    if (files.exists(folder)) {
      for (FileStatus file : files.listStatus(folder)) {
        if (file.isDir()) {
          folders.add(file.getPath());
        }
      }
    }
    return folders;
  }

  private static void add(FileSystem files, Path folder, List<Retained> whole) throws IOException {
    Path metadata = new Path(folder, METADATA);
    if (files.exists(metadata)) {
      FileStatus status = files.getFileStatus(metadata);
      if (status.getLen() > 0) {
        Instant taken = Instant.ofEpochMilli(status.getModificationTime());
        whole.add(new Retained(folder.toString(), taken));
      }
    }
  }
}
