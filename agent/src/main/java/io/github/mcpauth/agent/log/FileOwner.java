package io.github.mcpauth.agent.log;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells which files and folders are this process's user's own, where the system knows: what another
 * user may replace while we look is no place for a log.
 */
public final class FileOwner {

  private static final int STICKY = 01000;
  private static final int KIND = 0170000;
  private static final int PIPE = 0010000;

  /** Whether files have the permissions of POSIX here. */
  static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
          && FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

  private final Set<UserPrincipal> us = new HashSet<>();

  /** As this process finds it. */
  public FileOwner() {
    if (POSIX) {
      try {
        us.add(Files.getOwner(Path.of("/proc/self"))); // Linux; elsewhere there is a name.
      } catch (IOException | RuntimeException noSuchFolder) {
        byName();
      }
    }
  }

  private void byName() {
    try {
      us.add(
          FileSystems.getDefault()
              .getUserPrincipalLookupService()
              .lookupPrincipalByName(System.getProperty("user.name", "")));
    } catch (IOException | RuntimeException unknown) {
      // Then nobody is a stranger: the modes are checked all the same.
    }
  }

  /** What gives a new file, or folder, to its owner alone, from its first moment on. */
  static FileAttribute<?>[] only(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Makes sure of the folder that a file is to be in, and that on the way to it, through whatever
   * links, nobody but their owner may write to a folder: neither its group, unless it is the
   * owner's own, nor others. A sticky folder, such as {@code /tmp}, is fine: there nobody replaces
   * what is not his. Root, who has nobody's folders but others' in a container, may use them: what
   * lies there is looked at by itself.
   *
   * @throws IOException with what is wrong, in words for the user
   */
  void checkFolder(Path folder) throws IOException {
    if (!POSIX) {
      return;
    }
    Path real = folder.toRealPath(); // There is no circle of links, then.
    checkWay(folder.toAbsolutePath());
    if (!isTrusted(Files.getOwner(real)) && !areRoot()) {
      throw new IOException("the folder " + real + " is another user's");
    }
  }

  /** Walks as the system does; returns where the way ends. */
  private Path checkWay(Path way) throws IOException {
    Path at = way.getRoot();
    checkWriters(at);
    for (Path name : way) {
      Path next = at.resolve(name).normalize();
      if (Files.isSymbolicLink(next)) {
        UserPrincipal owner = Files.getOwner(next, LinkOption.NOFOLLOW_LINKS);
        if (!isTrusted(owner) && !owner.equals(Files.getOwner(at))) {
          throw new IOException("the link " + next + " is another user's");
        }
        next = checkWay(at.resolve(Files.readSymbolicLink(next)));
      }
      checkWriters(next);
      at = next;
    }
    return at;
  }

  private static void checkWriters(Path folder) throws IOException {
    int mode = (Integer) Files.getAttribute(folder, "unix:mode");
    PosixFileAttributes attributes = Files.readAttributes(folder, PosixFileAttributes.class);
    Set<PosixFilePermission> permissions = attributes.permissions();
    boolean others = permissions.contains(PosixFilePermission.OTHERS_WRITE);
    boolean group =
        permissions.contains(PosixFilePermission.GROUP_WRITE)
            && !attributes.group().getName().equals(attributes.owner().getName());
    if ((others || group) && (mode & STICKY) == 0) {
      throw new IOException("other users may write to the folder " + folder);
    }
  }

  /**
   * Makes sure of a file that is there already.
   *
   * @throws IOException with what is wrong, in words for the user
   */
  void checkFile(Path file) throws IOException {
    if (!POSIX) {
      return;
    }
    if (isStrangers(file)) {
      throw new IOException("the file is another user's");
    }
    PosixFileAttributes attributes =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & KIND) == PIPE) {
      throw new IOException("it is a pipe, and who writes to one waits for who reads it");
    }
    if (attributes.isRegularFile()
        && (Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) > 1) {
      throw new IOException("the file has another name as well (a hard link)");
    }
  }

  /** Whether a file, of whatever kind, is neither this process's user's nor root's. */
  public boolean isStrangers(Path file) throws IOException {
    return POSIX && !isTrusted(Files.getOwner(file, LinkOption.NOFOLLOW_LINKS));
  }

  private boolean isTrusted(UserPrincipal owner) {
    return us.isEmpty() || us.contains(owner) || isRoot(owner);
  }

  private boolean areRoot() {
    return us.stream().anyMatch(FileOwner::isRoot);
  }

  private static boolean isRoot(UserPrincipal user) {
    return user.getName().equals("root");
  }
}
