package hudson;

import java.io.IOException;

/** Base of plugins that have a class of their own. */
public abstract class Plugin {
    protected Plugin() {}

    public void start() throws Exception {}

    public void postInitialize() throws Exception {}

    public void stop() throws Exception {}

    public void load() throws IOException {}
}
