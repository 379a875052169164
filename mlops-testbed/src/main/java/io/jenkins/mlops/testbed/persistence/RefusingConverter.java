package io.jenkins.mlops.testbed.persistence;

import com.thoughtworks.xstream.converters.ConversionException;
import com.thoughtworks.xstream.converters.Converter;
import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import io.jenkins.mlops.testbed.remoting.ClassRules;

/** Takes on all classes that a controller refuses, to say so. */
public final class RefusingConverter implements Converter {
    private static final String WHY = " for security reasons; see https://www.jenkins.io/redirect/class-filter/";

    @Override
    public boolean canConvert(Class type) {
        return type != null && ClassRules.isRefused(type);
    }

    @Override
    public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
        throw new UnsupportedOperationException(
                "Refusing to marshal " + source.getClass().getName() + WHY);
    }

    @Override
    public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
        throw new ConversionException("Refusing to unmarshal " + reader.getNodeName() + WHY);
    }
}
