package io.jenkins.mlops.testbed.web.jelly;

import io.jenkins.mlops.testbed.host.Extensions;
import org.apache.commons.jelly.JellyContext;
import org.apache.commons.jelly.TagLibrary;

/** A Jelly context that also knows folders of Jelly files as tag libraries, and Stapler's own tags. */
final class PageContext extends JellyContext {
    PageContext() {
        setClassLoader(Extensions.loader());
        setUseContextClassLoader(true);
    }

    PageContext(JellyContext parent) {
        super(parent);
        setClassLoader(Extensions.loader());
        setUseContextClassLoader(true);
    }

    @Override
    public boolean isTagLibraryRegistered(String uri) {
        return uri.startsWith("/")
                || uri.equals("jelly:stapler")
                || uri.equals("jelly:define")
                || super.isTagLibraryRegistered(uri);
    }

    @Override
    public TagLibrary getTagLibrary(String uri) {
        if (uri.startsWith("/")) {
            return new FolderTags(uri);
        }
        return switch (uri) {
            case "jelly:stapler" -> new StaplerTags();
            case "jelly:define" -> new DefineTags();
            default -> super.getTagLibrary(uri);
        };
    }

    @Override
    public JellyContext newJellyContext() {
        return new PageContext(this);
    }

    @Override
    protected JellyContext createChildContext() {
        return new PageContext(this);
    }
}
