package io.jenkins.mlops.testbed.web.jelly;

import io.jenkins.mlops.testbed.host.Extensions;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.jelly.DynaTag;
import org.apache.commons.jelly.JellyContext;
import org.apache.commons.jelly.JellyException;
import org.apache.commons.jelly.JellyTagException;
import org.apache.commons.jelly.Tag;
import org.apache.commons.jelly.TagLibrary;
import org.apache.commons.jelly.TagSupport;
import org.apache.commons.jelly.XMLOutput;
import org.apache.commons.jelly.impl.TagScript;
import org.xml.sax.Attributes;

/** A folder of Jelly files as a tag library. */
final class FolderTags extends TagLibrary {
    /** The variable that holds the tag whose template runs. */
    static final String CURRENT = "org.apache.commons.jelly.current";

    private final String folder;

    FolderTags(String folder) {
        this.folder = folder.substring(1);
    }

    @Override
    public TagScript createTagScript(String name, Attributes attributes) throws JellyException {
        URL file = Extensions.loader().getResource(folder + "/" + name + ".jelly");
        if (file == null) {
            throw new JellyException("No such tag file " + folder + "/" + name + ".jelly");
        }
        return new TagScript((n, a) -> new TemplateTag(file));
    }

    @Override
    public Tag createTag(String name, Attributes attributes) {
        return null;
    }

    /** A tag whose content is a Jelly file. */
    static final class TemplateTag extends TagSupport implements DynaTag {
        private final URL file;
        private final Map<String, Object> attributes = new HashMap<>();

        TemplateTag(URL file) {
            this.file = file;
        }

        @Override
        public void setAttribute(String name, Object value) {
            attributes.put(name, value);
        }

        @Override
        public Class<?> getAttributeType(String name) {
            return Object.class;
        }

        @Override
        public void doTag(XMLOutput output) throws JellyTagException {
            JellyContext inner = new PageContext(getContext());
            attributes.forEach(inner::setVariable);
            inner.setVariable("attrs", attributes);
            inner.setVariable(CURRENT, this);
            JellyViews.compile(file).run(inner, output);
        }

        /** Runs the body in its caller's context, with some variables more. */
        void invoke(Map<String, Object> more, XMLOutput output) throws JellyTagException {
            JellyContext caller = getContext();
            if (!more.isEmpty()) {
                caller = new PageContext(caller);
                more.forEach(caller::setVariable);
            }
            getBody().run(caller, output);
        }
    }
}
