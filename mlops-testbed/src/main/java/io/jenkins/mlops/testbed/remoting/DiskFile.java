package io.jenkins.mlops.testbed.remoting;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.Collection;
import jenkins.util.VirtualFile;

/** A virtual file on this machine's disk that can't be left through links or dots. */
public final class DiskFile extends VirtualFile {
    private static final long serialVersionUID = 1L;
    private final File file;
    private final File root;

    public DiskFile(File file, File root) {
        this.file = file;
        this.root = root;
    }

    private boolean inside() throws IOException {
        return file.getCanonicalFile()
                .toPath()
                .startsWith(root.getCanonicalFile().toPath());
    }

    @Override
    public String getName() {
        return file.getName();
    }

    @Override
    public URI toURI() {
        return file.toURI();
    }

    @Override
    public VirtualFile getParent() {
        return new DiskFile(file.getParentFile(), root);
    }

    @Override
    public boolean isDirectory() throws IOException {
        return inside() && file.isDirectory();
    }

    @Override
    public boolean isFile() throws IOException {
        return inside() && file.isFile();
    }

    @Override
    public boolean exists() throws IOException {
        return inside() && file.exists();
    }

    @Override
    public VirtualFile[] list() throws IOException {
        File[] children = inside() ? file.listFiles() : null;
        if (children == null) {
            return new VirtualFile[0];
        }
        VirtualFile[] found = new VirtualFile[children.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = new DiskFile(children[i], root);
        }
        return found;
    }

    @Override
    public Collection<String> list(String includes, String excludes, boolean useDefaultExcludes) throws IOException {
        return inside() ? Globs.list(file.toPath(), includes, excludes) : java.util.List.of();
    }

    @Override
    public VirtualFile child(String name) {
        return new DiskFile(new File(file, name), root);
    }

    @Override
    public long length() throws IOException {
        return inside() ? file.length() : 0;
    }

    @Override
    public long lastModified() throws IOException {
        return inside() ? file.lastModified() : 0;
    }

    @Override
    public boolean canRead() throws IOException {
        return inside() && file.canRead();
    }

    @Override
    public InputStream open() throws IOException {
        if (!inside()) {
            throw new java.io.FileNotFoundException(file.getPath());
        }
        return Files.newInputStream(file.toPath());
    }
}
