package io.jenkins.mlops.registry.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A file system of H2 whose disk can be filled: every write then fails as the operating system would have it. */
public final class FullDisk extends FilePathWrapper {
    static final String SCHEME = "mlopsfull";
    private static volatile boolean full;
    private static final AtomicInteger CALLS_LEFT = new AtomicInteger();
    private static volatile boolean counts;

    static void register() {
        FilePath.register(new FullDisk());
    }

    static void fill() {
        full = true;
    }

    /** Fills the disk after so many more calls that write or force. */
    static void fillAfter(int calls) {
        CALLS_LEFT.set(calls);
        counts = true;
    }

    static void makeRoom() {
        counts = false;
        full = false;
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(super.open(mode));
    }

    private static final class Channel extends org.h2.store.fs.FileBase {
        private final FileChannel channel;

        Channel(FileChannel channel) {
            this.channel = channel;
        }

        private static void refuse() throws IOException {
            if (counts && CALLS_LEFT.getAndDecrement() <= 0) {
                full = true;
            }
            if (full) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            refuse();
            return channel.write(source);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            refuse();
            return channel.write(source, position);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            refuse();
            channel.force(metaData);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            channel.truncate(size);
            return this;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return channel.read(target);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return channel.read(target, position);
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public FileChannel position(long newPosition) throws IOException {
            channel.position(newPosition);
            return this;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public java.nio.channels.FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return channel.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            channel.close();
        }
    }
}
