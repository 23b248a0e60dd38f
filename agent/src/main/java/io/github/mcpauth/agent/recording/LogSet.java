package io.github.mcpauth.agent.recording;

import io.github.mcpauth.agent.log.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One log with its rolled predecessors: {@code x.jsonl} goes on where {@code x.1.jsonl} ended.
 *
 * @param log the name that it has with its user
 * @param files the oldest first
 */
public record LogSet(Path log, List<Path> files) {

  private static final Pattern NUMBERED = Pattern.compile("(.+)\\.(\\d{1,4})(\\.[^.]*)?");

  public LogSet {
    files = List.copyOf(files);
  }

  /**
   * The logs that names stand for: a file, with what was rolled; one of the rolled; or a folder,
   * for the newest log in it. Each log once, however often it is named.
   *
   * @throws IOException where there is none
   */
  public static List<LogSet> of(Collection<Path> names) throws IOException {
    Map<Path, LogSet> sets = new LinkedHashMap<>();
    for (Path name : names) {
      Path log = name;
      if (Files.isDirectory(name)) {
        log = newest(List.of(name));
        if (log == null) {
          throw new NoSuchFileException(name.toString(), null, "no log in this folder");
        }
      }
      LogSet set = of(log);
      sets.put(set.log().toAbsolutePath().normalize(), set);
    }
    return List.copyOf(sets.values());
  }

  /** The log that a file belongs to. */
  private static LogSet of(Path file) throws IOException {
    Path log = base(file);
    Map<Integer, Path> rolled = new TreeMap<>((a, b) -> Integer.compare(b, a));
    String stem = stem(log) + ".";
    Path folder = log.toAbsolutePath().getParent();
    if (folder != null && Files.isDirectory(folder)) {
      try (Stream<Path> beside = Files.list(folder)) {
        for (Path each : beside.filter(other -> name(other).startsWith(stem)).toList()) {
          Matcher numbered = NUMBERED.matcher(name(each));
          if (numbered.matches() && name(base(each)).equals(name(log))) {
            rolled.put(Integer.valueOf(numbered.group(2)), log.resolveSibling(name(each)));
          }
        }
      }
    }
    List<Path> files = new ArrayList<>(rolled.values());
    if (Files.exists(log) || files.isEmpty()) {
      files.add(log);
    }
    for (Path each : files) {
      if (!Files.isReadable(each)) {
        throw new NoSuchFileException(each.toString());
      }
    }
    return new LogSet(log, files);
  }

  /** {@code x.jsonl} of {@code x.3.jsonl}, where there is such a file; else the file itself. */
  private static Path base(Path file) {
    Matcher numbered = NUMBERED.matcher(name(file));
    if (!numbered.matches()) {
      return file;
    }
    String ending = numbered.group(3) == null ? "" : numbered.group(3);
    Path base = file.resolveSibling(numbered.group(1) + ending);
    return Files.exists(base) ? base : file;
  }

  private static String stem(Path log) {
    String name = name(log);
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** The log in these folders that was written to last; null where there is none. */
  public static @Nullable Path newest(Collection<Path> folders) throws IOException {
    Path newest = null;
    FileTime when = FileTime.fromMillis(Long.MIN_VALUE);
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.filter(each -> name(each).endsWith(".jsonl")).sorted().toList()) {
            FileTime modified = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
            if (modified.compareTo(when) >= 0 && LogReader.isLog(file)) {
              newest = file;
              when = modified;
            }
          }
        }
      }
    }
    return newest == null ? null : base(newest);
  }

  /** Bytes of all its files. */
  public long size() throws IOException {
    long size = 0;
    for (Path file : files) {
      size += Files.size(file);
    }
    return size;
  }
}
