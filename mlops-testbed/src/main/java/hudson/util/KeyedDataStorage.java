package hudson.util;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;

/** Things on disk, by a key. */
public abstract class KeyedDataStorage<T, P> {
    public @NonNull synchronized T getOrCreate(String key, P createParams) throws IOException {
        T found = load(key);
        return found != null ? found : create(key, createParams);
    }

    @CheckForNull
    public T get(String key) throws IOException {
        return load(key);
    }

    @CheckForNull
    protected abstract T load(String key) throws IOException;

    protected abstract T create(String key, P createParams) throws IOException;
}
