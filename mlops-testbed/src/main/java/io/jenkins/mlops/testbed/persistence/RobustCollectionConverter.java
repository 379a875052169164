package io.jenkins.mlops.testbed.persistence;

import com.thoughtworks.xstream.XStreamException;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.converters.collections.CollectionConverter;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.mapper.Mapper;
import java.util.Collection;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Reads collections and leaves out members that can't be read, as after a plugin was removed. */
public final class RobustCollectionConverter extends CollectionConverter {
    private static final Logger LOGGER = Logger.getLogger(RobustCollectionConverter.class.getName());

    public RobustCollectionConverter(Mapper mapper) {
        super(mapper);
    }

    @Override
    public boolean canConvert(Class type) {
        return super.canConvert(type) || type == CopyOnWriteArrayList.class || type == CopyOnWriteArraySet.class;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    protected void populateCollection(
            HierarchicalStreamReader reader, UnmarshallingContext context, Collection collection, Collection target) {
        while (reader.hasMoreChildren()) {
            reader.moveDown();
            String name = reader.getNodeName();
            Depth depth = Depth.of(reader);
            try {
                target.add(readBareItem(reader, context, collection));
            } catch (XStreamException | LinkageError | UnsupportedOperationException e) {
                LOGGER.log(Level.WARNING, "Dropped unreadable " + name, e);
                depth.restore(reader);
            }
            reader.moveUp();
        }
    }
}
