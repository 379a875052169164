package hudson.util;

import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.reflection.ReflectionConverter;
import com.thoughtworks.xstream.mapper.MapperWrapper;
import com.thoughtworks.xstream.security.AnyTypePermission;
import io.jenkins.mlops.testbed.host.Extensions;
import io.jenkins.mlops.testbed.persistence.CopyOnWriteConverter;
import io.jenkins.mlops.testbed.persistence.RefusingConverter;
import io.jenkins.mlops.testbed.persistence.RobustCollectionConverter;
import io.jenkins.mlops.testbed.persistence.TextConverters;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** XStream with Jenkins' settings: unknown fields are passed over, unreadable members of lists dropped. */
public class XStream2 extends XStream {
    private final Map<String, Class<?>> compatibility = new ConcurrentHashMap<>();

    public XStream2() {
        super(new com.thoughtworks.xstream.io.xml.DomDriver("UTF-8"));
        setClassLoader(Extensions.loader());
        addPermission(AnyTypePermission.ANY);
        ignoreUnknownElements();
        registerConverter(new RobustCollectionConverter(getMapper()), PRIORITY_NORMAL + 1);
        registerConverter(new CopyOnWriteConverter(getMapper()), PRIORITY_NORMAL + 1);
        TextConverters.register(this);
        registerConverter(new TellingConverter(this), PRIORITY_VERY_LOW);
        registerConverter(new RefusingConverter(), PRIORITY_VERY_HIGH);
    }

    @Override
    protected MapperWrapper wrapMapper(MapperWrapper next) {
        return new MapperWrapper(next) {
            @Override
            public Class realClass(String elementName) {
                // Called by the super constructor, before the map is there.
                Class<?> known = compatibility == null ? null : compatibility.get(elementName);
                return known != null ? known : super.realClass(elementName);
            }
        };
    }

    /** Reads an old class name as a class of today. */
    public void addCompatibilityAlias(String oldClassName, Class newClass) {
        compatibility.put(oldClassName, newClass);
    }

    /** Says which field could not be written. */
    private static final class TellingConverter extends ReflectionConverter {
        TellingConverter(XStream2 xs) {
            super(xs.getMapper(), xs.getReflectionProvider());
        }

        @Override
        protected void marshallField(MarshallingContext context, Object value, Field field) {
            try {
                super.marshallField(context, value, field);
            } catch (RuntimeException e) {
                throw new RuntimeException(
                        "Failed to serialize " + field.getDeclaringClass().getName() + "#" + field.getName(), e);
            }
        }
    }
}
