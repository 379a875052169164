package hudson;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Computer;
import hudson.remoting.LocalChannel;
import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.testbed.host.Folders;
import io.jenkins.mlops.testbed.remoting.AgentChannel;
import io.jenkins.mlops.testbed.remoting.Globs;
import io.jenkins.mlops.testbed.remoting.Wire;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import jenkins.agents.ControllerToAgentCallable;
import jenkins.model.Jenkins;
import org.jenkinsci.remoting.RoleSensitive;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** A file or folder on the controller or on an agent. */
public final class FilePath implements SerializableOnlyOverRemoting {
    private static final long serialVersionUID = 1L;
    public static final LocalChannel localChannel = new LocalChannel(Computer.threadPoolForRemoting);

    private transient VirtualChannel channel;
    private final String remote;

    public FilePath(@CheckForNull VirtualChannel channel, @NonNull String remote) {
        this.channel = channel instanceof LocalChannel ? null : channel;
        this.remote = tidy(remote);
    }

    public FilePath(@NonNull File localPath) {
        this((VirtualChannel) null, localPath.getPath());
    }

    public FilePath(@NonNull FilePath base, @NonNull String rel) {
        this(base.channel, resolve(base.remote, rel));
    }

    private static String resolve(String base, String rel) {
        boolean absolute = rel.startsWith("/") || rel.matches("^[A-Za-z]:[/\\\\].*") || rel.startsWith("\\\\");
        return absolute ? rel : base + (base.indexOf('\\') >= 0 && base.indexOf('/') < 0 ? '\\' : '/') + rel;
    }

    private static String tidy(String path) {
        boolean unix = path.startsWith("/");
        String joined = Path.of(path).normalize().toString();
        return joined.isEmpty() ? (unix ? "/" : ".") : joined;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        out.writeBoolean(channel == null);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        channel = in.readBoolean() ? Wire.peer() : null;
    }

    private Path here() throws IOException {
        if (channel instanceof AgentChannel a) {
            a.check();
        } else if (channel != null) {
            channel.callAsync(new Ping());
        }
        return Path.of(remote);
    }

    private record Ping() implements ControllerToAgentCallable<Boolean, IOException> {
        @Override
        public Boolean call() {
            return true;
        }
    }

    public String getRemote() {
        return remote;
    }

    public VirtualChannel getChannel() {
        return channel != null ? channel : localChannel;
    }

    public boolean isRemote() {
        return channel != null;
    }

    /** Work on a file, done where the file is. */
    public interface FileCallable<T> extends Serializable, RoleSensitive {
        T invoke(File f, VirtualChannel channel) throws IOException, InterruptedException;
    }

    private record OnFile<T>(FileCallable<T> callable, String path)
            implements ControllerToAgentCallable<T, IOException> {
        @Override
        public T call() throws IOException {
            try {
                return callable.invoke(new File(path), localChannel);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    public <T> T act(final FileCallable<T> callable) throws IOException, InterruptedException {
        if (channel != null) {
            return channel.call(new OnFile<>(callable, remote));
        }
        return Wire.answer(Wire.request(callable, null).invoke(new File(remote), localChannel), callable, null);
    }

    public URI toURI() throws IOException, InterruptedException {
        return here().toUri();
    }

    public @CheckForNull Computer toComputer() {
        Jenkins j = Jenkins.getInstanceOrNull();
        if (j == null) {
            return null;
        }
        for (Computer c : j.getComputers()) {
            if (c.getChannel() == getChannel()) {
                return c;
            }
        }
        return null;
    }

    public void mkdirs() throws IOException, InterruptedException {
        Files.createDirectories(here());
    }

    public void deleteRecursive() throws IOException, InterruptedException {
        Folders.delete(here());
    }

    public void deleteContents() throws IOException, InterruptedException {
        for (FilePath child : list()) {
            child.deleteRecursive();
        }
    }

    public String getName() {
        Path name = Path.of(remote).getFileName();
        return name == null ? remote : name.toString();
    }

    @CheckForNull
    public FilePath sibling(String rel) {
        FilePath parent = getParent();
        return parent == null ? null : parent.child(rel);
    }

    public FilePath withSuffix(String suffix) {
        return new FilePath(channel, remote + suffix);
    }

    @NonNull
    public FilePath child(String relOrAbsolute) {
        return new FilePath(this, relOrAbsolute);
    }

    @CheckForNull
    public FilePath getParent() {
        Path parent = Path.of(remote).getParent();
        return parent == null ? null : new FilePath(channel, parent.toString());
    }

    public FilePath createTempFile(final String prefix, final String suffix) throws IOException, InterruptedException {
        return new FilePath(
                channel, Files.createTempFile(here(), prefix, suffix).toString());
    }

    public FilePath createTempDir(final String prefix, final String suffix) throws IOException, InterruptedException {
        return new FilePath(
                channel, Files.createTempDirectory(here(), prefix + suffix).toString());
    }

    public boolean delete() throws IOException, InterruptedException {
        return Files.deleteIfExists(here());
    }

    public boolean exists() throws IOException, InterruptedException {
        return Files.exists(here());
    }

    public long lastModified() throws IOException, InterruptedException {
        return here().toFile().lastModified();
    }

    public void touch(final long timestamp) throws IOException, InterruptedException {
        Path file = here();
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis(timestamp));
    }

    public boolean isDirectory() throws IOException, InterruptedException {
        return Files.isDirectory(here());
    }

    public long length() throws IOException, InterruptedException {
        return here().toFile().length();
    }

    public void chmod(final int mask) throws IOException, InterruptedException {
        if (!File.pathSeparator.equals(";")) {
            Files.setPosixFilePermissions(here(), Globs.permissions(mask));
        }
    }

    @NonNull
    public List<FilePath> list() throws IOException, InterruptedException {
        Path dir = here();
        List<FilePath> found = new ArrayList<>();
        if (Files.isDirectory(dir)) {
            try (var children = Files.newDirectoryStream(dir)) {
                children.forEach(p -> found.add(new FilePath(channel, p.toString())));
            }
        }
        return found;
    }

    @NonNull
    public List<FilePath> listDirectories() throws IOException, InterruptedException {
        List<FilePath> dirs = list();
        dirs.removeIf(p -> !Files.isDirectory(Path.of(p.remote)));
        return dirs;
    }

    @NonNull
    public FilePath[] list(final String includes) throws IOException, InterruptedException {
        return list(includes, null);
    }

    @NonNull
    public FilePath[] list(final String includes, final String excludes) throws IOException, InterruptedException {
        return Globs.list(here(), includes, excludes).stream().map(this::child).toArray(FilePath[]::new);
    }

    public InputStream read() throws IOException, InterruptedException {
        return Files.newInputStream(here());
    }

    public @NonNull String readToString() throws IOException, InterruptedException {
        return new String(Files.readAllBytes(here()), StandardCharsets.UTF_8);
    }

    public OutputStream write() throws IOException, InterruptedException {
        Path file = here();
        makeParent(file);
        return Files.newOutputStream(file);
    }

    private static void makeParent(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }

    public void write(final String content, final String encoding) throws IOException, InterruptedException {
        try (OutputStream out = write()) {
            out.write(content.getBytes(encoding == null ? Charset.defaultCharset() : Charset.forName(encoding)));
        }
    }

    public String digest() throws IOException, InterruptedException {
        try (InputStream in = read()) {
            return Util.getDigestOf(in);
        }
    }

    public void renameTo(final FilePath target) throws IOException, InterruptedException {
        Files.move(here(), target.here());
    }

    public void copyFrom(InputStream in) throws IOException, InterruptedException {
        try (OutputStream out = write()) {
            in.transferTo(out);
        }
    }

    public void copyFrom(FilePath src) throws IOException, InterruptedException {
        src.copyTo(this);
    }

    public void copyTo(FilePath target) throws IOException, InterruptedException {
        try (OutputStream out = target.write()) {
            copyTo(out);
        }
    }

    public void copyTo(OutputStream os) throws IOException, InterruptedException {
        try (InputStream in = read()) {
            in.transferTo(os);
        }
    }

    public int copyRecursiveTo(FilePath target) throws IOException, InterruptedException {
        return copyRecursiveTo("**/*", target);
    }

    public int copyRecursiveTo(String fileMask, FilePath target) throws IOException, InterruptedException {
        return copyRecursiveTo(fileMask, null, target);
    }

    public int copyRecursiveTo(final String fileMask, final String excludes, final FilePath target)
            throws IOException, InterruptedException {
        List<String> files = Globs.list(here(), fileMask, excludes);
        for (String file : files) {
            Path to = target.child(file).here();
            makeParent(to);
            Files.copy(
                    here().resolve(file), to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
        return files.size();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof FilePath that && channel == that.channel && remote.equals(that.remote);
    }

    @Override
    public int hashCode() {
        return 31 * System.identityHashCode(channel) + remote.hashCode();
    }

    @Override
    public String toString() {
        return remote;
    }
}
