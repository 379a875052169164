package io.jenkins.mlops.testbed.persistence;

import com.thoughtworks.xstream.converters.Converter;
import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import com.thoughtworks.xstream.mapper.Mapper;
import hudson.util.CopyOnWriteList;
import java.util.ArrayList;
import java.util.List;

/** Writes a {@link CopyOnWriteList} as a plain list. */
public final class CopyOnWriteConverter implements Converter {
    private final RobustCollectionConverter list;

    public CopyOnWriteConverter(Mapper mapper) {
        list = new RobustCollectionConverter(mapper);
    }

    @Override
    public boolean canConvert(Class type) {
        return type == CopyOnWriteList.class;
    }

    @Override
    public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
        list.marshal(((CopyOnWriteList<?>) source).getView(), writer, context);
    }

    @Override
    public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
        List<Object> members = new ArrayList<>();
        list.populateCollection(reader, context, members, members);
        return new CopyOnWriteList<>(members);
    }
}
