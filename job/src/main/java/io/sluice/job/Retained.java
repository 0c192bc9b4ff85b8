package io.sluice.job;

import io.sluice.settings.JobSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/**
 * What a run of a job has left to go on from, a checkpoint or a savepoint.
 *
 * <pre>
 *   job.checkpoints/NAME/RUN/chk-7/_metadata
 *   job.checkpoints/NAME/RUN/savepoint-4d5e6f/_metadata      Ctrl-C
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
  private static final String COMMITTED = "_committed";

  /** Flink names a run's folder by the job's id. */
  private static final Pattern RUN = Pattern.compile("[0-9a-f]{32}");

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

  /** Notes of a savepoint that its job came to its end, so that no row of it waits to be committed any more. */
  public static void noteCommitted(String savepoint) throws IOException {
    Path note = new Path(savepoint, COMMITTED);
    note.getFileSystem().create(note, WriteMode.OVERWRITE).close();
  }

  /** When that was noted of it: however old it is, going on from it loses nothing. Who cannot see its folder does not know. */
  static Optional<Instant> committed(String path) {
    Path note = new Path(path, COMMITTED);
    try {
      FileSystem files = note.getFileSystem();
      return files.exists(note)
          ? Optional.of(written(files.getFileStatus(note)))
          : Optional.empty();
    } catch (IOException unseen) {
      return Optional.empty();
    }
  }

  /** Some file systems tell whole seconds. */
  private static Instant written(FileStatus note) {
    return Instant.ofEpochMilli(note.getModificationTime()).plusSeconds(1);
  }

  /**
   * Deletes what other runs of the job have left. Savepoints that people took lie beside those folders, and stay.
   *
   * @param folder of the present run
   */
  public static void clearAllBut(String folder, JobSettings job) throws IOException {
    Path place = new Path(job.folder());
    FileSystem files = place.getFileSystem();
    for (Path run : folders(files, place)) {
      if (RUN.matcher(run.getName()).matches()
          && !run.getName().equals(new Path(folder).getName())) {
        files.delete(run, true);
      }
    }
  }

  /** Makes a file where the job would leave its checkpoints, and removes it with the folders that it took. */
  public static void tryOut(JobSettings job) throws IOException {
    Path place = new Path(job.folder());
    FileSystem files = place.getFileSystem();
    List<Path> made = new ArrayList<>();
    for (Path at = place; at != null && !files.exists(at); at = at.getParent()) {
      made.add(at);
    }
    Path trial = new Path(place, "sluice-check-" + UUID.randomUUID());
    try {
      files.create(trial, WriteMode.NO_OVERWRITE).close();
      files.delete(trial, false);
    } finally {
      for (Path folder : made) {
        if (files.exists(folder) && files.listStatus(folder).length == 0) {
          files.delete(folder, false);
        }
      }
    }
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
