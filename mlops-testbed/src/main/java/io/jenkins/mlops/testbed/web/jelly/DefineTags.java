package io.jenkins.mlops.testbed.web.jelly;

import java.util.HashMap;
import java.util.Map;
import org.apache.commons.jelly.DynaTag;
import org.apache.commons.jelly.JellyException;
import org.apache.commons.jelly.JellyTagException;
import org.apache.commons.jelly.TagLibrary;
import org.apache.commons.jelly.TagSupport;
import org.apache.commons.jelly.XMLOutput;
import org.apache.commons.jelly.impl.TagScript;
import org.xml.sax.Attributes;

/** {@code invokeBody}: where a tag's template puts the tag's body. Its attributes become variables of the body. */
final class DefineTags extends TagLibrary {
    @Override
    public TagScript createTagScript(String name, Attributes attributes) throws JellyException {
        if (!name.equals("invokeBody")) {
            throw new JellyException("No tag " + name + " in jelly:define");
        }
        return new TagScript((n, a) -> new InvokeBody());
    }

    private static final class InvokeBody extends TagSupport implements DynaTag {
        private final Map<String, Object> attributes = new HashMap<>();

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
            FolderTags.TemplateTag current =
                    (FolderTags.TemplateTag) getContext().findVariable(FolderTags.CURRENT);
            if (current == null) {
                throw new JellyTagException("invokeBody stands outside of a tag file");
            }
            current.invoke(attributes, output);
        }
    }
}
