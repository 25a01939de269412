package io.mooring.localstack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The folder of one local stack: one process at a time, closed to everybody but its owner. */
final class Home {
  private static final int SECRET_BYTES = 32;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** Reachable for ever: a channel that is collected is closed, and its lock is gone. */
  private static final Set<FileChannel> LOCKED = ConcurrentHashMap.newKeySet();

  private final Path folder;

  private Home(Path folder) {
    this.folder = folder;
  }

  /** Takes the folder for as long as this process lives. */
  static Home take(Path folder) throws IOException {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      throw new StartRefusedException("MOORING_HOME is " + folder + ", which is not a folder", e);
    }
    lock(folder);
    Home home = new Home(folder);
    home.write("pid", ProcessHandle.current().pid() + "\n");
    return home;
  }

  private static void lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            OWNER_ONLY);
    try {
      if (channel.tryLock() == null) {
        throw alreadyTaken(folder);
      }
      LOCKED.add(channel);
    } catch (OverlappingFileLockException e) {
      throw alreadyTaken(folder);
    }
  }

  private static StartRefusedException alreadyTaken(Path folder) {
    return new StartRefusedException("another Mooring is running in " + folder);
  }

  Path folder() {
    return folder;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Replaces a file at once, so that nobody reads half of it. */
  void write(String name, String text) throws IOException {
    Path unfinished = Files.createTempFile(folder, name, ".unfinished", OWNER_ONLY);
    Files.writeString(unfinished, text);
    try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(
        unfinished,
        file(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The random text of that name: made at the first call, the same at every start after it. */
  String secret(String name) throws IOException {
    if (!Files.exists(file(name))) {
      byte[] fresh = new byte[SECRET_BYTES];
      new SecureRandom().nextBytes(fresh);
      write(name, HexFormat.of().formatHex(fresh));
    }
    return Files.readString(file(name));
  }
}
